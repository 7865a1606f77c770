public import CRDT
import Collections
public import WireProtocol

/// What a replica does with one connection to its server, from its opening to its end: events in, actions
/// out. The program's shell carries the actions out, and so does the simulator.
///
///     connected, received, entriesWritten ──▶ store ──stored──▶ flush ──flushed──▶ send, report ──▶ end
///
/// What is to be durable before something is said is a transition: after a `store` or a `flush` nothing
/// follows until the shell says what came of it. What happens meanwhile waits. The same events give the same
/// actions.
public struct ReplicaMachine: Sendable {

  /// What follows: something to do, or that the session is to go on.
  enum Step: Sendable {
    case act(Action)
    case resume(at: Int64)
  }

  /// How often the shell calls `tick`, in seconds.
  public static let tickSeconds = 5
  /// From how many ticks on without a message that is waited for the connection is given up: after 15 to 20
  /// seconds.
  static let idleTicksMax = 3

  /// What happened while the outcome of a write was waited for.
  private enum Input: Sendable {
    case message([UInt8], at: Int64)
    case entriesWritten([LinkedEntry])
    case invite(WireInvitationRequest)
    case confirm(WireConfirmationRequest)
    case endRecovery(at: Int64)
    case ask(DeviceRequest)
    case readHistories([Identifier])
    case readQuarantine
    case refuse(QuarantineName, QuarantineReason)
    case connectionEnded(String)
    case tick
    case timedOut
  }

  /// The protocol's side of it.
  package var session: ClientSession
  /// Asked for as soon as the session is open.
  private var invitation: WireInvitationRequest?
  private var confirmation: WireConfirmationRequest?
  private var mustEndRecovery = false
  private var asked: DeviceRequest?
  private var histories: [Identifier] = []
  /// What is done about what waits for this person, as soon as the session is open.
  private var quarantineWish: Input?
  /// What follows once the write before it has an outcome.
  var following: Deque<Step> = []
  private var inputs: Deque<Input> = []
  private var isWriting = false
  /// How many messages came, in all and up to the last tick.
  private var messages = (received: 0, seen: 0)
  private var idleTicks = 0
  private var hasEnded = false

  /// Whether what `upToDate` last reported is still so: nothing was written or came in since that waits. A
  /// shell that reports it later, since something else had to end first, asks.
  public var isUpToDate: Bool { session.isUpToDate && following.isEmpty && inputs.isEmpty && !isWriting }

  /// A connection that is not open yet.
  public init(identity: ClientIdentity) { session = ClientSession(identity: identity) }

  // MARK: Events

  /// The connection is open.
  ///
  /// - Parameters:
  ///   - nonce: 32 bytes from a cryptographic generator.
  ///   - now: milliseconds since 1970 by this device's clock.
  /// - Throws: what the replica throws, as all events that read it; the machine must not be used then.
  public mutating func connected(nonce: [UInt8], at now: Int64, replica: some ReplicaSource) throws
    -> [Action]
  {
    try follow(session.connected(nonce: nonce, at: now, replica: replica), at: now)
    return try proceed(replica)
  }

  /// A message came in.
  ///
  /// - Parameter now: milliseconds since 1970 by this device's clock.
  public mutating func received(_ message: [UInt8], at now: Int64, replica: some ReplicaSource) throws
    -> [Action]
  {
    try take(.message(message, at: now), replica)
  }

  /// This or another process wrote to the replica, durably.
  ///
  /// - Parameter entries: what was written, if that is at hand; it is not read again then.
  public mutating func entriesWritten(_ entries: [LinkedEntry] = [], replica: some ReplicaSource) throws
    -> [Action]
  {
    try take(.entriesWritten(entries), replica)
  }

  /// An entry is being written by this process: the signature that it is sent with can be made meanwhile.
  /// Whether it is written, `entriesWritten` says.
  public mutating func entryBegun(_ entry: LinkedEntry) throws { try session.entryBegun(entry) }

  /// Somebody wants a one-time code. It is asked for as soon as the session is open.
  public mutating func invite(_ request: WireInvitationRequest, replica: some ReplicaSource) throws
    -> [Action]
  {
    try take(.invite(request), replica)
  }

  /// Somebody confirms another device, as soon as the session is open.
  public mutating func confirm(_ request: WireConfirmationRequest, replica: some ReplicaSource) throws
    -> [Action]
  {
    try take(.confirm(request), replica)
  }

  /// A leader ends the recovery of the server, as soon as the session is open.
  public mutating func endRecovery(at now: Int64, replica: some ReplicaSource) throws -> [Action] {
    try take(.endRecovery(at: now), replica)
  }

  /// Somebody asks about devices and people, as soon as the session is open.
  public mutating func ask(_ request: DeviceRequest, replica: some ReplicaSource) throws -> [Action] {
    try take(.ask(request), replica)
  }

  /// Somebody wants to see the whole histories of records. They are asked for as soon as the session is open.
  public mutating func readHistories(of records: [Identifier], replica: some ReplicaSource) throws
    -> [Action]
  {
    try take(.readHistories(records), replica)
  }

  /// Somebody wants to see what waits for this person's decision.
  public mutating func readQuarantine(replica: some ReplicaSource) throws -> [Action] {
    try take(.readQuarantine, replica)
  }

  /// Somebody refuses what waits.
  public mutating func refuse(
    _ name: QuarantineName, because reason: QuarantineReason, replica: some ReplicaSource
  ) throws -> [Action] {
    try take(.refuse(name, reason), replica)
  }

  /// The connection is gone, in a word why.
  public mutating func connectionEnded(_ reason: String, replica: some ReplicaSource) throws -> [Action] {
    try take(.connectionEnded(reason), replica)
  }

  /// Some seconds have passed, by a clock that nobody sets. A connection that lives and brings nothing that
  /// is waited for is given up, so that nothing waits for ever.
  public mutating func tick(replica: some ReplicaSource) throws -> [Action] { try take(.tick, replica) }

  /// The time that whoever asked wanted to wait is over.
  public mutating func timedOut(replica: some ReplicaSource) throws -> [Action] {
    try take(.timedOut, replica)
  }

  /// What was to be stored is in the replica, durable where `Write` alone had to be: own verdicts and
  /// deliveries only after the next `flush`, since a server sends them again.
  public mutating func stored(replica: some ReplicaSource) throws -> [Action] {
    isWriting = false
    return try proceed(replica)
  }

  /// Whatever was stored before is durable.
  public mutating func flushed(replica: some ReplicaSource) throws -> [Action] {
    isWriting = false
    return try proceed(replica)
  }

  /// What was to be stored does not fit what is in the replica, and nothing of it was stored: this device has
  /// lost something.
  public mutating func didNotFit(replica: some ReplicaSource) throws -> [Action] {
    isWriting = false
    following = [.act(.store(.forgetCursor)), .act(.report(.ended("behind"))), .act(.end)]
    return try proceed(replica)
  }

  // MARK: Order

  private mutating func take(_ input: Input, _ replica: some ReplicaSource) throws -> [Action] {
    inputs.append(input)
    return try proceed(replica)
  }

  /// Hands out what is to be done next, as far as it depends on no outcome.
  private mutating func proceed(_ replica: some ReplicaSource) throws -> [Action] {
    var actions: [Action] = []
    while !isWriting, !hasEnded {
      guard let step = following.popFirst() else {
        guard let input = inputs.popFirst() else { break }
        try process(input, replica)
        continue
      }
      guard case .act(let action) = step else {
        if case .resume(let now) = step {
          // What the session goes on with comes before what it had to say after.
          let after = following
          following = []
          try follow(session.resumed(replica: replica), at: now)
          following += after
        }
        continue
      }
      actions.append(action)
      switch action {
      case .store, .flush: isWriting = true
      case .end: hasEnded = true
      case .send, .report: break
      }
    }
    return actions
  }

  private mutating func process(_ input: Input, _ replica: some ReplicaSource) throws {
    switch input {
    case .message(let message, let now):
      messages.received += 1
      try follow(session.messageReceived(message, replica: replica), at: now)
    case .entriesWritten(let entries):
      try follow(session.entriesWritten(entries, replica: replica), at: 0)
    case .invite(let request):
      if session.isOpen { try follow(session.invite(request), at: 0) } else { invitation = request }
    case .confirm(let request):
      if session.isOpen { try follow(session.confirm(request), at: 0) } else { confirmation = request }
    case .endRecovery(let now):
      if session.isOpen {
        try follow(session.endRecovery(request: 1, at: now), at: now)
      } else {
        mustEndRecovery = true
      }
    case .ask(let request):
      if session.isOpen { try follow(session.ask(request), at: 0) } else { asked = request }
    case .readHistories(let records):
      if session.isOpen { try follow(session.readHistories(of: records), at: 0) } else { histories = records }
    case .readQuarantine, .refuse:
      if session.isOpen { try follow(wish: input) } else { quarantineWish = input }
    case .connectionEnded(let reason): following = [.act(.report(.ended(reason))), .act(.end)]
    case .tick: watchProgress()
    case .timedOut: following = [.act(.report(.ended("timed_out"))), .act(.end)]
    }
  }

  private mutating func follow(wish: Input) throws {
    switch wish {
    case .readQuarantine: try follow(session.readQuarantine(), at: 0)
    case .refuse(let name, let reason): try follow(session.refuse(name, because: reason), at: 0)
    default: break
    }
  }

  private mutating func watchProgress() {
    let isIdle = session.awaitsServer && messages.received == messages.seen
    messages.seen = messages.received
    idleTicks = isIdle ? idleTicks + 1 : 0
    if idleTicks > Self.idleTicksMax { following = [.act(.report(.ended("no_progress"))), .act(.end)] }
  }

  /// What the session's actions are in the order of their durability.
  private mutating func follow(_ actions: [ClientSession.Action], at now: Int64) throws {
    // That nothing waits is stored with what was last waited for, not with a sync of the disk of its own.
    let caughtUpAt = actions.contains(.report(.upToDate)) ? now : nil
    for action in actions {
      switch action {
      case .send(let message): following.append(.act(.send(message)))
      case .store(let command): follow(command, caughtUpAt, at: now)
      case .report(let report): follow(report)
      case .flush: following.append(.act(.flush))
      case .resume: following.append(.resume(at: now))
      case .close: following.append(.act(.end))
      }
    }
    if let wish = confirmation, actions.contains(.report(.opened)) {
      confirmation = nil
      try follow(session.confirm(wish), at: now)
    }
    if mustEndRecovery, actions.contains(.report(.opened)) {
      mustEndRecovery = false
      try follow(session.endRecovery(request: 1, at: now), at: now)
    }
    if let wish = asked, actions.contains(.report(.opened)) {
      asked = nil
      try follow(session.ask(wish), at: now)
    }
    if let wish = invitation, actions.contains(.report(.opened)) {
      invitation = nil
      try follow(session.invite(wish), at: now)
    }
    if let wish = quarantineWish, actions.contains(.report(.opened)) {
      quarantineWish = nil
      try follow(wish: wish)
    }
    if !histories.isEmpty, actions.contains(.report(.opened)) {
      defer { histories = [] }
      try follow(session.readHistories(of: histories), at: now)
    }
  }
}
