public import CRDT
public import WireProtocol

/// The client's side of one connection: events in, actions out.
///
///     connecting ──hello──▶ awaitingHello ──▶ awaitingWelcome ──token stored──▶ open
///
/// The shell carries actions out in their order, so that a `store` in front of a `send` is done before
/// anything is said.
public struct ClientSession: Sendable {
  var state = State.idle
  var identity: ClientIdentity
  /// The last entry that was sent in this session.
  private var sentUpTo: UInt64 = 0
  /// The number of the last entry of each push without verdicts.
  private var outstanding: [UInt64] = []
  private var inquiry: HistoryInquiry?
  var quarantineListing: QuarantineListing?
  /// What came of a list of devices and persons so far; `nil` when none was asked for.
  var listing: [DirectoryEntry]?
  /// How many changes each entry has that was sent and has no verdict.
  private var unjudged: [UInt64: Int] = [:]
  /// The message that pushes an entry which is still being written.
  private var prepared: (journal: JournalHead, message: [UInt8])?
  private var caughtUp = false
  /// What the server has of the journal, where that is more than what is here, and how much is here.
  private var ahead: (journal: JournalHead, own: UInt64)?
  /// Whether something may be written again by what is being stored: of an entry that is there already, what
  /// is not.
  var mayHaveRewritten = false
  /// How many deliveries came since one was last confirmed, and how many bytes.
  private var unconfirmed = (deliveries: 0, bytes: 0)
  /// The number of the last delivery of this session, or of the last one that the server knows as confirmed.
  private var lastDelivery: UInt64 = 0
  /// Whether the server lost its ledger: it delivers nothing, and nobody is up to date.
  private var isServerInRecovery = false
  /// Whether the device's access ended: it hands over what it has, and is sent nothing.
  private var isExitOnly = false
  /// Whether the code that was asked for last is for somebody who is not in the room.
  private var asksForRemoteCode = false
  /// With which cursor this device began to follow.
  var followed: [UInt8] = []
  /// What the server wants wiped, and has no receipt for yet.
  var exiting: [HeldRecord] = []
  /// Whether the device was put back behind a wipe.
  private var missedWipes = false
  /// Whether `resumed` is to say what was wiped.
  var owesReceipt = false

  /// Whether it is the server's turn: it is to greet, to give a verdict, or to send what it has.
  var awaitsServer: Bool {
    switch state {
    case .awaitingHello, .awaitingWelcome, .healing: true
    case .open: !outstanding.isEmpty || !caughtUp
    case .idle, .closed: false
    }
  }

  /// Whether nothing waits on either side, as far as both have said.
  var isUpToDate: Bool { isOpen && outstanding.isEmpty && caughtUp && ahead == nil }

  /// Whether the server has welcomed this device.
  var isOpen: Bool { if case .open = state { true } else { false } }

  /// A session that is not connected yet.
  public init(identity: ClientIdentity) { self.identity = identity }

  /// The connection is open.
  ///
  /// - Parameters:
  ///   - nonce: 32 bytes from a cryptographic generator.
  ///   - now: milliseconds since 1970 by this device's clock.
  public mutating func connected(nonce: [UInt8], at now: Int64, replica: some ReplicaSource) throws
    -> [Action]
  {
    var hello = try identity.hello(nonce: nonce, at: now, replica: replica)
    if let successor = identity.successor {
      hello.actor = Transcript.actor(of: successor.publicKey).rawValue
      hello.succession = succession(to: successor)
    }
    if let token = identity.token { hello.sessionToken = .init(token.bytes) }
    let handshake = try ClientHandshake(hello, expecting: .key(identity.tenantKey))
    state = .awaitingHello(handshake)
    return [.send(handshake.hello)]
  }

  /// A message came in.
  public mutating func messageReceived(_ bytes: [UInt8], replica: some ReplicaSource) throws -> [Action] {
    do {
      let message = try WireServerMessage(checking: bytes)
      switch (message.body, state) {
      case (nil, _), (_, .closed): return []
      case (.failure(let failure), _): return try received(failure)
      case (.hello(let hello), .awaitingHello(let handshake)):
        let server = try handshake.serverHelloReceived(hello)
        guard server.tenant == identity.tenant else { return fail(.wrongTenant) }
        // In a new epoch every device goes on under a new actor.
        guard server.epoch == identity.epoch || identity.successor != nil else { return beginSuccession() }
        state = .awaitingWelcome(server)
        let signature = (identity.successor ?? identity.signingKey).sign(server.transcript, for: .session)
        return [try send { $0.authentication = .with { $0.signature = .init(signature) } }]
      case (.welcome(let welcome), .awaitingWelcome(let server)):
        return try received(welcome, from: server, replica: replica)
      case (.verdicts(let verdicts), .open):
        return try received(verdicts, replica: replica)
      case (.delivery(let delivery), .open):
        return try received(delivery, byteCount: bytes.count)
      case (.wanted(let wanted), .healing(let healing)):
        return try received(wanted, healing, replica: replica)
      case (.offered(let offered), .healing(let healing)):
        return try received(offered, healing, replica: replica)
      case (.confirmation(let confirmation), .open):
        return [.report(.confirmed(request: confirmation.request))]
      case (.invitation(let invitation), .open):
        let code = invitation.codeID.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        // The device of such a code would be sent content before anybody has heard whose it is.
        guard invitation.remote == asksForRemoteCode else {
          return [.report(.refused(request: invitation.request, .unsupported))]
        }
        return [
          .report(.invited(request: invitation.request, code: code, expiresAt: invitation.expiresAt))
        ]
      case (.history(let page), .open): return try received(page)
      case (.recoveryEnded(let ended), .open):
        return [.report(.endedRecovery(request: ended.request))]
      case (.order(let order), .open): return try received(order)
      case (.quarantine(let page), .open): return try received(page)
      case (.quarantineRefused(let refused), .open):
        return [.report(.quarantineRefused(request: refused.request))]
      case (.quarantineDecisions(let decisions), .open): return try received(decisions)
      case (.quarantineNotice(let notice), .open): return received(notice)
      case (.deviceNotice(let notice), .open): return [.store(.devicesWaiting(Int(notice.devices)))]
      case (.order(let order), .awaitingWelcome): return try receivedBeforeWelcome(order)
      case (.revoked(let revoked), .open):
        return [.report(.revoked(request: revoked.request, devices: Int(revoked.devices)))]
      case (.directory(let page), .open): return try received(page)
      // What is said of attachments and of the logs of knowing, others take.
      case (.hello, _), (.welcome, _), (.verdicts, _), (.delivery, _), (.invitation, _), (.wanted, _),
        (.offered, _), (.confirmation, _), (.history, _), (.stored, _), (.chunk, _), (.fetchFailure, _),
        (.availability, _), (.bundle, _), (.recoveryEnded, _), (.order, _), (.quarantine, _),
        (.quarantineRefused, _), (.quarantineDecisions, _), (.quarantineNotice, _), (.revoked, _),
        (.directory, _), (.checkpoints, _), (.knowing, _), (.inclusion, _), (.opened, _),
        (.comparison, _), (.log, _), (.rescued, _), (.deviceNotice, _):
        throw ProtocolError(.unexpected)
      }
    } catch let error as ProtocolError {
      return fail(error.code)
    }
  }

  /// An entry is being written to the replica. What it is sent with is signed meanwhile, and sent once
  /// `entriesWritten` says that it is written.
  public mutating func entryBegun(_ entry: LinkedEntry) throws {
    guard case .open = state, follows(entry) else { return }
    prepared = (entry.journal, try message(pushing: [entry], after: entry.journal))
  }

  /// Whether an entry may be sent at once: all before it were.
  private func follows(_ entry: LinkedEntry) -> Bool {
    ahead == nil && entry.entry.number == sentUpTo + 1 && outstanding.count < Limits.outstandingPushes
  }

  /// This or another process wrote to the replica.
  ///
  /// - Parameter entries: what was written, if that is at hand.
  public mutating func entriesWritten(_ entries: [LinkedEntry] = [], replica: some ReplicaSource) throws
    -> [Action]
  {
    guard case .open = state else { return [] }
    guard let first = entries.first, let last = entries.last else { return try push(from: replica) }
    if last.entry.number <= sentUpTo { return [] }
    // What another process wrote before it is sent first.
    guard follows(first), entries.count == 1 else { return try push(from: replica) }
    return [try push([last])]
  }

  /// Everything that was to be stored before is stored.
  public mutating func resumed(replica: some ReplicaSource) throws -> [Action] {
    switch state {
    case .healing(let healing): return try open(after: healing, replica: replica)
    case .open:
      if owesReceipt { return try receipt(from: replica) }
      guard mayHaveRewritten else {
        ahead = nil
        return try push(from: replica)
      }
      mayHaveRewritten = false
      let actions = try push(from: replica)
      return outstanding.isEmpty && caughtUp ? actions + upToDate() : actions
    case .idle, .awaitingHello, .awaitingWelcome, .closed: return []
    }
  }

  /// Confirms another device by the digits that it shows.
  public mutating func confirm(_ request: WireConfirmationRequest) throws -> [Action] {
    guard case .open = state else { return [] }
    return [try send { $0.confirmation = request }]
  }

  /// Ends the recovery of a server that lost its ledger, by this device's signature.
  ///
  /// - Parameter now: milliseconds since 1970 by this device's clock.
  public mutating func endRecovery(request: UInt64, at now: Int64) throws -> [Action] {
    guard case .open = state else { return [] }
    let statement: [UInt8] = try WireRecoveryStatement.with {
      $0.tenant = .init(identity.tenant.bytes)
      $0.epoch = .init(identity.epoch.bytes)
      $0.actor = identity.actor.rawValue
      $0.madeAt = now
    }.serializedBytes()
    let signature = identity.signingKey.sign(statement, for: .recoveryEnd)
    return [
      try send {
        $0.recoveryEnd = .with {
          $0.request = request
          $0.statement = .init(statement)
          $0.signature = .init(signature)
        }
      }
    ]
  }

  /// Asks for a one-time code. Its secret never leaves this device.
  public mutating func invite(_ request: WireInvitationRequest) throws -> [Action] {
    guard case .open = state else { return [] }
    asksForRemoteCode = request.remote
    return [try send { $0.invitation = request }]
  }

  /// Asks for the whole histories of records, one after the other; each is told when it is here.
  public mutating func readHistories(of records: [Identifier]) throws -> [Action] {
    guard case .open = state else { return [] }
    inquiry = HistoryInquiry(of: records, from: 1 << 32)
    return try inquire()
  }

  private mutating func received(_ page: WireHistory) throws -> [Action] {
    let history = try inquiry?.receive(page, epoch: identity.epoch)
    return (history.map { [.report(.history($0))] } ?? []) + (try inquire())
  }

  private func inquire() throws -> [Action] {
    guard let request = inquiry?.request else { return [] }
    return [try send { $0.history = request }]
  }

  /// Ends the session with a reason.
  mutating func fail(_ code: ErrorCode) -> [Action] {
    state = .closed
    return [.report(.failed(code)), .close]
  }

  // MARK: What the server says

  private mutating func received(_ failure: WireFailure) throws -> [Action] {
    let code = ErrorCode(rawValue: failure.code)
    if !failure.fatal, inquiry?.isAnswer(failure) == true {
      let record = inquiry?.refused()
      return (record.map { [.report(.noHistory($0))] } ?? []) + (try inquire())
    }
    guard failure.fatal else { return [.report(.refused(request: failure.request, code))] }
    return code == .forked ? beginSuccession() : fail(code)
  }

  private mutating func received(
    _ welcome: WireWelcome, from server: ClientHandshake.Server, replica: some ReplicaSource
  ) throws -> [Action] {
    guard [.open, .unconfirmed, .exitOnly, .recovery].contains(welcome.outcome) else {
      return fail(.unsupported)
    }
    isExitOnly = welcome.outcome == .exitOnly
    isServerInRecovery = welcome.outcome == .recovery
    guard let token = Identifier(bytes: welcome.sessionToken),
      let digest = Digest(bytes: welcome.journal.digest)
    else { throw ProtocolError.malformed }
    let key = (identity.successor ?? identity.signingKey).publicKey
    let membership = try Membership(
      welcome.membership, tenant: identity.tenant, tenantKey: identity.tenantKey, signingKey: key,
      agreementKey: nil)
    let isConfirmed = welcome.outcome != .unconfirmed
    lastDelivery = welcome.deliveries
    var actions: [Action] = [
      .store(
        .session(
          token: token, membership: membership, serverTime: server.time, deliveries: welcome.deliveries))
    ]
    if identity.successor == nil, welcome.wipes > identity.wipes {
      missedWipes = true
      actions.append(.store(.missedWipes(welcome.wipes)))
    }
    if !isConfirmed {
      let digits = ConfirmationDigits.of(signingKey: key, tenant: identity.tenant)
      actions += [.store(.standing(digits: digits)), .report(.unconfirmed(digits: digits))]
    } else if !identity.isConfirmed, !isExitOnly {
      actions.append(.store(.standing(digits: nil)))
    }
    if identity.successor == nil {
      let known = JournalHead(entries: welcome.journal.entries, digest: digest)
      if let end = try compare(known, replica: replica) { return end }
    }
    if identity.successor != nil || identity.mayBeLacking {
      let isNewEpoch = identity.mayBeLacking || server.epoch != identity.epoch
      let healing = Healing(epoch: server.epoch, isNewEpoch: isNewEpoch, own: try identity.ownActors())
      return actions + (try heal(healing, replica: replica))
    }
    return actions + (try open(judged: try judgedEntries(in: replica), replica: replica))
  }

  /// Compares the journal with what the server has of it.
  ///
  /// - Returns: how the session ends, where they are not of one history; else `nil`.
  private mutating func compare(_ known: JournalHead, replica: some ReplicaSource) throws -> [Action]? {
    let journal = try replica.journal()
    if known.entries > journal.entries {
      // The server compared what is here with its own.
      ahead = (known, journal.entries)
    } else {
      let own =
        known.entries == 0
        ? JournalHead.start(tenant: identity.tenant, actor: identity.actor).digest
        : try replica.digest(ofEntry: known.entries)
      guard own == known.digest else { return beginSuccession() }
    }
    // What has a verdict, the server must have.
    guard try judgedEntries(in: replica) <= known.entries else { return fail(.epochMismatch) }
    return nil
  }

  private func judgedEntries(in replica: some ReplicaSource) throws -> UInt64 {
    let firstPending = try replica.pendingEntries(after: 0, limit: 1).first?.entry.number
    return try firstPending.map { $0 - 1 } ?? replica.journal().entries
  }

  private mutating func open(judged: UInt64, replica: some ReplicaSource) throws -> [Action] {
    sentUpTo = judged
    state = .open
    let cursor = cursor(after: lastDelivery)
    followed = cursor
    let listed = try list(enteredAfter: cursor.isEmpty ? nil : lastDelivery, from: replica)
    let asked = try inquire(from: replica)
    let follow = try send { $0.follow = .with { $0.cursor = .init(cursor) } }
    return [.report(.opened)] + listed + asked + [follow] + (try push(from: replica))
  }

  private mutating func open(after healing: Healing, replica: some ReplicaSource) throws -> [Action] {
    identity = identity.succeeded(in: healing.epoch)
    return try open(judged: try judgedEntries(in: replica), replica: replica)
  }

  /// The device goes on under another actor, in a session of its own.
  private mutating func beginSuccession() -> [Action] {
    state = .closed
    return [.store(.succession), .report(.healing), .close]
  }

  func succession(to successor: SigningKey) -> WireSuccession {
    let certificate = ActorCertificate(
      tenant: identity.tenant, predecessor: identity.actor, signingKey: successor.publicKey,
      epoch: identity.epoch
    ).encoded
    return .with {
      $0.certificate = .init(certificate)
      $0.signature = .init(identity.signingKey.sign(certificate, for: .succession))
    }
  }

  /// Where delivery goes on. A device that confirmed more in its last session than it has stored was put back
  /// to an earlier time in between. What the server takes it to hold may not be here: so it asks for
  /// everything.
  private func cursor(after confirmed: UInt64) -> [UInt8] {
    confirmed > identity.deliveries || missedWipes ? [] : identity.cursor
  }

  private mutating func received(_ message: WireVerdicts, replica: some ReplicaSource) throws -> [Action] {
    let verdicts = try EntryVerdict.list(from: message, epoch: identity.epoch, sizes: unjudged)
    for verdict in verdicts { unjudged[verdict.entry] = nil }
    let cursor = message.cursor.isEmpty ? nil : Array(message.cursor)
    if let last = verdicts.last { outstanding.removeAll { $0 <= last.entry } }
    // New entries are durable already; they need not wait until the verdicts on older ones are.
    var actions = try push(from: replica)
    actions.append(.store(.verdicts(verdicts, cursor: cursor)))
    actions += tellExits()
    if verdicts.contains(where: { $0.refusal?.code == .alreadyTaken }) {
      mayHaveRewritten = true
      return actions + [.resume]
    }
    if outstanding.isEmpty, caughtUp { actions += upToDate() }
    return actions
  }

  /// Nothing waits on either side. A journal of which the server has more goes on after what the server has.
  private mutating func upToDate() -> [Action] {
    if isExitOnly { return [.report(.accessEnded)] }
    if isServerInRecovery { return [.report(.serverRecovers)] }
    guard let ahead else { return [.report(.upToDate)] }
    return [.store(.journal(ahead.journal, after: ahead.own)), .resume, .report(.upToDate)]
  }

  /// Deliveries are taken in one after the other: to take in one again would set back what came after it, and
  /// to leave one out would lose what its cursor passes over.
  private mutating func received(_ message: WireDelivery, byteCount: Int) throws -> [Action] {
    if message.number <= lastDelivery {
      return [try send { $0.delivered = .with { $0.number = message.number } }]
    }
    guard message.number == lastDelivery + 1 else { throw ProtocolError(.unexpected) }
    let delivery = try ReceivedDelivery(message, epoch: identity.epoch)
    caughtUp = delivery.caughtUp
    lastDelivery = delivery.number
    var actions: [Action] = [.store(.delivery(delivery))]
    unconfirmed.deliveries += 1
    unconfirmed.bytes += byteCount
    if mustConfirm(delivery) {
      actions.append(try send { $0.delivered = .with { $0.number = delivery.number } })
      unconfirmed = (0, 0)
    }
    if outstanding.isEmpty, caughtUp { actions += upToDate() }
    return actions
  }

  /// That a record entered, the server notes. Otherwise a confirmation only keeps its window open, and while
  /// nothing waits for the window, one for several deliveries will do.
  private func mustConfirm(_ delivery: ReceivedDelivery) -> Bool {
    !delivery.enters.isEmpty || !delivery.caughtUp
      || unconfirmed.deliveries >= Limits.outstandingDeliveries / 2
      || unconfirmed.bytes >= Limits.outstandingBytes / 4
  }

  // MARK: Pushing

  /// Sends entries without a verdict, as far as the window is open.
  private mutating func push(from replica: some ReplicaSource) throws -> [Action] {
    var actions: [Action] = []
    while outstanding.count < Limits.outstandingPushes {
      let entries = try replica.pendingEntries(after: sentUpTo, limit: 256)
        .filter { $0.entry.number <= ahead?.own ?? .max }
      let batch = entries.prefix(fitting: Limits.batchBytes)
      guard !batch.isEmpty else { break }
      actions.append(try push(batch))
      if batch.count == entries.count, entries.count < 256 { break }
    }
    return actions
  }

  /// Signs and sends entries that follow the last one sent.
  private mutating func push(_ batch: [LinkedEntry]) throws -> Action {
    guard let last = batch.last else { preconditionFailure("an empty push") }
    let ready = prepared.flatMap { batch.count == 1 && $0.journal == last.journal ? $0.message : nil }
    prepared = nil
    let message = try ready ?? message(pushing: batch, after: last.journal)
    sentUpTo = last.entry.number
    for entry in batch { unjudged[entry.entry.number] = entry.digests.count }
    outstanding.append(last.entry.number)
    return .send(message)
  }

  private func message(pushing batch: [LinkedEntry], after journal: JournalHead) throws -> [UInt8] {
    try WireClientMessage.with { $0.push = identity.push(batch, after: journal).message }.serializedBytes()
  }

  func send(_ fill: (inout WireClientMessage) -> Void) throws -> Action {
    var message = WireClientMessage()
    fill(&message)
    return .send(try message.serializedBytes())
  }
}

extension [LinkedEntry] {
  /// As many entries from the front as fit into a push; at least one.
  func prefix(fitting byteCount: Int) -> [LinkedEntry] {
    var size = 0
    var count = 0
    for entry in self {
      size += entry.entry.changes.reduce(0) { $0 + $1.packedByteCountMax }
      if count > 0, size > byteCount { break }
      count += 1
    }
    return Array(self[..<count])
  }
}
