public import CRDT
import CaseModel
public import WireProtocol

/// The server's side of one connection: events in, actions out.
///
/// Nothing is acknowledged before it is durable: what must be written is *submitted*, and the answer is made
/// when the shell reports that the group with it was committed.
///
///     awaitingHello ──hello──▶ awaitingAuthentication ──signature, proof──▶ opening ──committed──▶ open
///           └───────────────────────────┴───────────── anything else ──────────┴──────▶ closed
///
/// Somebody who hands over what a device kept sealed goes from `awaitingAuthentication` to `rescuing`.
public struct ServerSession: Sendable {
  /// What the shell is to do, in this order.
  public enum Action: Sendable, Equatable {
    /// Send a message.
    case send(WireServerMessage)
    /// Write a row into the log of what was delivered before what follows is sent.
    case note(DeliveredRow)
    /// Put into the next group; the outcome comes back as an event.
    case submit(Submission)
    /// Start delivery with `followReceived`, which needs the log, once all that was submitted is committed.
    case follow(WireFollow)
    /// Answer, which needs the log, once all that was submitted is committed.
    case read(AttachmentRead)
    /// Read a record's history with `historyAsked`, once all that was submitted is committed.
    case readHistory(WireHistoryRequest)
    /// Tell what waits for the person's decision, or what became of the device's own entries, likewise.
    case readQuarantine(QuarantineQuestion)
    /// Tell how the logs of knowing stand, or what stands in them.
    case readLogs(LogQuestion)
    /// The peer proved who it is: lift the limits that hold before.
    case authenticated
    /// End the connection once what was sent before is out.
    case close(ErrorCode)
  }

  /// What is written in the next group.
  public enum Submission: Sendable, Hashable {
    case open(GroupStage.Presented)
    case carry(GroupStage.Presented)
    case succeed(GroupStage.Succession)
    case use(Identifier, by: ActorID)
    case enrol(GroupStage.Enrolment)
    case push(Push, from: ActorID)
    case invite(GroupStage.InvitationWish, request: UInt64, by: Identifier)
    case confirm(deliveries: UInt64, holding: [Holding], by: ActorID)
    /// The device says that it has nothing.
    case forgetHoldings(of: ActorID)
    /// The device says that it holds these.
    case list([HeldRecord], by: ActorID)
    /// The device says that it has wiped these.
    case receive(WireReceipt, from: ActorID)
    /// Look whether the device holds what may not be read any more, since time has passed.
    case review(of: ActorID)
    case compare([KnownHead], by: ActorID)
    case offer([OfferedChange], by: ActorID)
    case confirmDevice(digits: UInt32, of: Identifier?, request: UInt64, by: ActorID)
    case endRecovery(RecoveryEnd, request: UInt64, by: ActorID)
    case refuse(QuarantineName, QuarantineReason, request: UInt64, by: ActorID)
    case revoke(GroupStage.RevocationWish, request: UInt64, by: ActorID)
    /// Tell which devices somebody has, and whom she may end.
    case listDevices(skip: Int, request: UInt64, by: ActorID)
    case upload(Upload, from: ActorID)
    case chunk(AttachmentChunk, from: ActorID)
    /// A piece of a file that somebody hands over who has the device's disk alone.
    case rescueBytes(SignedBytes, from: ActorID)
    /// The device says what was shown on it.
    case noteOpened([Opening], by: ActorID)

    /// Whether the store grows by it, and not only notes something.
    var isWork: Bool {
      switch self {
      case .push, .offer, .upload, .chunk, .rescueBytes: true
      case .open, .carry, .succeed, .use, .enrol, .invite, .confirm, .forgetHoldings, .list, .receive,
        .review, .compare, .confirmDevice, .endRecovery, .refuse, .revoke, .listDevices, .noteOpened:
        false
      }
    }
  }

  /// The random values that a session uses up, drawn by the shell from a cryptographic generator.
  public struct Entropy: Sendable {
    /// 32 bytes for the hello.
    public let nonce: [UInt8]
    /// What a new epoch is called, should the peer show that the server was set back.
    public let newEpoch: Identifier
    /// An id for a device, should the peer enrol.
    public let newDevice: Identifier

    /// Takes the values.
    public init(nonce: [UInt8], newEpoch: Identifier, newDevice: Identifier) {
      self.nonce = nonce
      self.newEpoch = newEpoch
      self.newDevice = newDevice
    }
  }

  enum State: Sendable {
    case awaitingHello
    case awaitingBundle
    case openingBundle(BundleHandshake)
    case awaitingAuthentication(ServerHandshake)
    case opening(isEnrolment: Bool)
    case open(OpenSession)
    case rescuing(OpenRescue)
    case closed
  }

  var state = State.awaitingHello
  let entropy: Entropy

  /// A session of a connection that was just opened.
  public init(entropy: Entropy) { self.entropy = entropy }

  /// What a push bundle says, which is read out here instead of by the device (`Protocol/README.md` section
  /// 12).
  public static func ofBundle(entropy: Entropy) -> ServerSession {
    var session = ServerSession(entropy: entropy)
    session.state = .awaitingBundle
    return session
  }

  /// Whose session it is, once that is proved.
  public var device: Device? {
    switch state {
    case .open(let open): open.device
    case .rescuing(let rescue): rescue.device
    case .awaitingHello, .awaitingBundle, .openingBundle, .awaitingAuthentication, .opening, .closed: nil
    }
  }

  /// Whether somebody hands over on it what a device kept sealed.
  var isRescuing: Bool { if case .rescuing = state { true } else { false } }

  /// Whether the session is open, and its device may be sent content.
  var maySend: Bool {
    if case .open(let open) = state { open.maySend } else { false }
  }

  /// That the device's access ended, where it did.
  var revocation: Revocation? {
    if case .open(let open) = state { open.revocation } else { nil }
  }

  /// Whose account it is, once that is proved.
  var account: Account? {
    if case .open(let open) = state { open.account } else { nil }
  }

  /// Whether the session is open and delivers.
  public var isFollowing: Bool {
    if case .open(let open) = state { open.isFollowing } else { false }
  }

  /// Whether the client takes orders as they come.
  var takesOrders: Bool {
    if case .open(let open) = state { open.takesOrders } else { false }
  }

  /// Whether the session delivers, and was sent all that there is.
  public var isCaughtUp: Bool {
    if case .open(let open) = state { open.isFollowing && open.queue.waiting.isEmpty } else { false }
  }

  /// A message came in.
  ///
  /// - Parameters:
  ///   - bytes: the message as received.
  ///   - now: milliseconds since 1970 by the server's clock.
  ///   - directory: who may connect, as committed.
  public mutating func messageReceived(
    _ bytes: [UInt8], at now: Int64, directory: TenantDirectory
  ) -> [Action] {
    do {
      let message = try WireClientMessage(checking: bytes)
      if isBundle, !message.isOfBundle { throw ProtocolError(.unexpected) }
      switch (message.body, state) {
      case (nil, _): return []
      case (.bundle(let opening), .awaitingBundle):
        let bundle = try BundleHandshake(opening, at: now, directory: directory, entropy: entropy)
        state = .openingBundle(bundle)
        return [.submit(.carry(bundle.presented))]
      case (.hello(let hello), .awaitingHello):
        let handshake = try ServerHandshake(
          hello, bytes: bytes, entropy: entropy, at: now, tenant: directory.tenant)
        state = .awaitingAuthentication(handshake)
        return [.send(.with { $0.hello = handshake.serverHello })]
      case (.authentication(let authentication), .awaitingAuthentication(let handshake)):
        let submission = try handshake.authenticate(authentication, directory: directory, entropy: entropy)
        state = .opening(isEnrolment: handshake.isEnrolment)
        return [.submit(submission)]
      case (.rescue(let opening), _): return try rescueOpened(opening, directory)
      case (.rescueItem(let item), _): return try rescueReceived(item, directory)
      case (.push(let push), .open(var open)):
        let actions = open.touched() + [.submit(.push(try Push(push), from: open.device.actor))]
        try open.pushSubmitted()
        state = .open(open)
        return actions
      case (.delivered(let delivered), .open(var open)):
        let actions = open.touched() + (try open.delivered(delivered.number))
        state = .open(open)
        return actions
      case (.invitation(let request), .open(var open)):
        var actions = open.touched()
        if open.mayAsk {
          actions.append(try open.invite(request))
        } else {
          actions += invited(request: request.request, .failure(ProtocolError(.notPermitted)))
        }
        state = .open(open)
        return actions
      case (.inventory(let inventory), .open(var open)):
        let actions = open.touched() + [try open.compare(inventory)]
        state = .open(open)
        return actions
      case (.offer(let offer), .open(var open)):
        let actions = open.touched() + [try open.offer(offer)]
        state = .open(open)
        return actions
      case (.confirmation(let request), .open(var open)):
        let actions = open.touched() + [try open.confirmDevice(request)]
        state = .open(open)
        return actions
      case (.recoveryEnd(let end), .open(var open)):
        let actions = open.touched() + [open.endRecovery(end)]
        state = .open(open)
        return actions
      case (.revocation(let request), .open(var open)):
        let actions = open.touched() + [try open.revoke(request)]
        state = .open(open)
        return actions
      case (.directory(let request), .open(var open)):
        let actions = open.touched() + [open.list(request)]
        state = .open(open)
        return actions
      case (.holdings(let holdings), .open(var open)):
        let actions = open.touched() + [try open.list(holdings)]
        state = .open(open)
        return actions
      case (.receipt(let receipt), .open(var open)):
        let actions = open.touched() + [.submit(.receive(receipt, from: open.device.actor))]
        state = .open(open)
        return actions
      case (.checkpoints(let request), .open(var open)):
        let answer =
          open.maySend ? .readLogs(.checkpoints(request)) : Action.send(.with { $0.checkpoints = .init() })
        let actions = open.touched() + [answer]
        state = .open(open)
        return actions
      case (.knowing(let request), .open(var open)):
        let actions = open.touched() + [open.maySend ? .readLogs(.rows(request)) : .nothingKnown(request)]
        state = .open(open)
        return actions
      case (.inclusion(let request), .open(var open)):
        let answer = try open.search(request)
        let actions = open.touched() + [answer]
        state = .open(open)
        return actions
      case (.comparison(let request), .open(var open)):
        let actions = open.touched() + [open.compareLogs(request)]
        state = .open(open)
        return actions
      case (.log(let request), .open(var open)):
        let actions = open.touched() + [open.readLog(request)]
        state = .open(open)
        return actions
      case (.opened(let rows), .open(var open)):
        let actions = open.touched() + [try open.opened(rows)]
        state = .open(open)
        return actions
      case (.follow(let follow), .open(let open)): return open.followed(follow)
      case (.history(let request), .open(var open)):
        let answer = open.maySend ? .readHistory(request) : Action.noHistory(request)
        let actions = open.touched() + [answer]
        state = .open(open)
        return actions
      case (.quarantine?, .open(var open)), (.quarantineRefusal?, .open(var open)),
        (.quarantineInquiry?, .open(var open)):
        let actions = open.touched() + (try message.body.map(open.quarantineReceived) ?? [])
        if case .quarantineInquiry? = message.body { open.hasInquired = true }
        state = .open(open)
        return actions
      case (.upload?, .open(let open)), (.chunk?, .open(let open)), (.fetch?, .open(let open)),
        (.availability?, .open(let open)):
        return try message.body.map { try attachmentReceived($0, open) } ?? []
      case (.hello, _), (.authentication, _), (.push, _), (.follow, _), (.delivered, _),
        (.invitation, _), (.inventory, _), (.offer, _), (.confirmation, _), (.history, _), (.upload, _),
        (.chunk, _), (.fetch, _), (.availability, _), (.bundle, _), (.recoveryEnd, _), (.receipt, _),
        (.holdings, _), (.quarantine, _), (.quarantineRefusal, _), (.quarantineInquiry, _),
        (.revocation, _), (.directory, _), (.checkpoints, _), (.knowing, _),
        (.inclusion, _), (.opened, _), (.comparison, _), (.log, _):
        throw ProtocolError(.unexpected)
      }
    } catch let error as ProtocolError {
      return fail(error.code)
    } catch {
      return fail(.malformed)
    }
  }

  /// Ends the session with a reason.
  public mutating func fail(_ code: ErrorCode) -> [Action] {
    if case .closed = state { return [] }
    state = .closed
    var failure = WireFailure()
    failure.code = code.rawValue
    failure.fatal = true
    return [.send(.with { $0.failure = failure }), .close(code)]
  }
}
