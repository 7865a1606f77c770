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
  var sentUpTo: UInt64 = 0
  /// The number of the last entry of each push without verdicts.
  var outstanding: [UInt64] = []
  private var inquiry: HistoryInquiry?
  var quarantineListing: QuarantineListing?
  /// What came of a list of devices and persons so far; `nil` when none was asked for.
  var listing: [DirectoryEntry]?
  /// How many changes each entry has that was sent and has no verdict.
  var unjudged: [UInt64: Int] = [:]
  /// The message that pushes an entry which is still being written.
  var prepared: (journal: JournalHead, message: [UInt8])?
  var caughtUp = false
  /// What the server has of the journal, where that is more than what is here, and how much is here.
  var ahead: (journal: JournalHead, own: UInt64)?
  /// Whether something may be written again by what is being stored: of an entry that is there already, what
  /// is not.
  var mayHaveRewritten = false
  /// How many deliveries came since one was last confirmed, and how many bytes.
  var unconfirmed = (deliveries: 0, bytes: 0)
  /// The number of the last delivery of this session, or of the last one that the server knows as confirmed.
  var lastDelivery: UInt64 = 0
  /// Whether the server lost its ledger: it delivers nothing, and nobody is up to date.
  var isServerInRecovery = false
  /// Whether the device's access ended: it hands over what it has, and is sent nothing.
  var isExitOnly = false
  /// Whether the code that was asked for last is for somebody who is not in the room.
  private var asksForRemoteCode = false
  /// With which cursor this device began to follow.
  var followed: [UInt8] = []
  /// What the server wants wiped, and has no receipt for yet.
  var exiting: [HeldRecord] = []
  /// Whether the device was put back behind a wipe.
  var missedWipes = false
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

  private mutating func received(_ failure: WireFailure) throws -> [Action] {
    let code = ErrorCode(rawValue: failure.code)
    if !failure.fatal, inquiry?.isAnswer(failure) == true {
      let record = inquiry?.refused()
      return (record.map { [.report(.noHistory($0))] } ?? []) + (try inquire())
    }
    guard failure.fatal else { return [.report(.refused(request: failure.request, code))] }
    return code == .forked ? beginSuccession() : fail(code)
  }

  func send(_ fill: (inout WireClientMessage) -> Void) throws -> Action {
    var message = WireClientMessage()
    fill(&message)
    return .send(try message.serializedBytes())
  }
}
