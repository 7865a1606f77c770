import CRDT
import CaseModel
import WireProtocol

/// A session whose device is known: its pushes, what it is sent, and what it has confirmed.
struct OpenSession: Sendable {
  let device: Device
  let account: Account
  /// The token that it was handed out; `nil` for what a bundle carries.
  private let token: Identifier?
  private let isInRecovery: Bool
  /// That the device's access ended: it hands over what it has, and is sent nothing.
  let revocation: Revocation?
  private var hasUsedToken = false
  private var waitingPushes = 0

  /// Whether the client asked for delivery.
  private(set) var isFollowing = false
  var queue: DeliveryQueue
  var attachments = AttachmentWindow()
  /// Everything that this device may read up to this position was sent or waits.
  var position: UInt64 = 0
  /// Whether the last delivery said that more would follow.
  var saidMoreFollows = false
  /// Whether the client has no cursor yet, so that after a broken session it could not say that it holds what
  /// it confirmed.
  var owesFirstCursor = false

  /// Of a bundle: the cursor that its delivery goes on from, and the one that it ends with.
  let baseCursor: [UInt8]
  var endCursor: [UInt8]?

  /// Whether the device may be sent content: it may ask for something, and the server has its ledger.
  var maySend: Bool { mayAsk && !isInRecovery }
  /// Whether what its person asks for counts: somebody confirmed the device, and nobody revoked it.
  var mayAsk: Bool { device.isConfirmed && revocation == nil }

  init(
    device: Device, account: Account, token: Identifier, isInRecovery: Bool = false,
    revocation: Revocation? = nil
  ) {
    self.revocation = revocation
    self.isInRecovery = isInRecovery
    self.device = device
    self.account = account
    self.token = token
    baseCursor = []
    queue = DeliveryQueue(confirmed: device.deliveries)
  }

  /// What a bundle carries. Its deliveries count from 1, beside those of the device's sessions.
  init(
    device: Device, account: Account, bundleFrom cursor: [UInt8], isInRecovery: Bool = false,
    revocation: Revocation? = nil
  ) {
    self.revocation = revocation
    self.isInRecovery = isInRecovery
    self.device = device
    self.account = account
    token = nil
    baseCursor = cursor
    queue = DeliveryQueue(confirmed: 0)
  }

  /// Whether a bundle is taken in, and another one written: nobody is at the other end.
  var isBundle: Bool { token == nil }

  /// How many orders were given in this session.
  var orders: UInt64 = 0
  /// Whether the client asked for delivery, whatever it may be sent: it takes orders from then on.
  var takesOrders = false
  /// Whether the client asked what became of its own work: what is decided after the answer it is told.
  var hasInquired = false

  /// The rows of what was opened that wait for their answer, by the digests of their events.
  var openedWaiting: [Digest]?

  /// How many entries the client was told to wait for its person.
  var noticed = 0
  /// How many devices the client was told to wait for its person.
  var noticedDevices = 0

  /// Which of its actor's sessions this is; `nil` for a bundle.
  var number: UInt64? { token.map(StampKey.session(ofOwn:)) }

  /// The first message under the new token shows that the client has stored it.
  mutating func touched() -> [ServerSession.Action] {
    guard let token, !hasUsedToken else { return [] }
    hasUsedToken = true
    return [.submit(.use(token, by: device.actor))]
  }

  mutating func pushSubmitted() throws {
    guard waitingPushes < Limits.outstandingPushes else { throw ProtocolError(.limitExceeded) }
    waitingPushes += 1
  }

  mutating func pushJudged() { waitingPushes -= 1 }

  /// The client asks for delivery: from a cursor on, or because it has nothing.
  func followed(_ follow: WireFollow) -> [ServerSession.Action] {
    var actions: [ServerSession.Action] = []
    if follow.cursor.isEmpty, maySend { actions.append(.submit(.forgetHoldings(of: device.actor))) }
    // A bundle carries no orders.
    if !isBundle { actions.append(.submit(.review(of: device.actor))) }
    return actions + [.follow(follow)]
  }

  /// - Parameter hasCursor: whether the client had one to go on from after a broken session.
  mutating func follow(from position: UInt64, hasCursor: Bool) {
    isFollowing = true
    self.position = position
    owesFirstCursor = !hasCursor
  }

  mutating func delivered(_ number: UInt64) throws -> [ServerSession.Action] {
    guard let holdings = queue.confirm(number) else { throw ProtocolError(.unexpected) }
    if isBundle {
      // That it is in the file does not mean that the device has it: nothing is noted.
      return queue.waiting.isEmpty
        ? [] : [.submit(.confirm(deliveries: 0, holding: [], by: device.actor))]
    }
    // A confirmation is written with what it makes the device hold; on its own it can wait, since a delivery
    // sent twice does no harm. Where more waits, it is what opens the window again.
    guard !holdings.isEmpty || !queue.waiting.isEmpty else { return [] }
    return [.submit(.confirm(deliveries: number, holding: holdings, by: device.actor))]
  }

  /// How many confirmations were refused in this session.
  private var confirmationsAsked = 0

  func list(_ holdings: WireHoldings) throws -> ServerSession.Action {
    .submit(.list(try HeldRecord.list(holdings.records), by: device.actor))
  }

  func compare(_ inventory: WireInventory) throws -> ServerSession.Action {
    .submit(.compare(try inventory.heads.map(KnownHead.init), by: device.actor))
  }

  func offer(_ offer: WireOffer) throws -> ServerSession.Action {
    .submit(.offer(try offer.changes.map(OfferedChange.init), by: device.actor))
  }

  mutating func confirmDevice(_ request: WireConfirmationRequest) throws -> ServerSession.Action {
    confirmationsAsked += 1
    guard confirmationsAsked <= Limits.codeAttempts else { throw ProtocolError(.limitExceeded) }
    guard request.person.isEmpty || request.person.count == 16 else { throw ProtocolError.malformed }
    return .submit(
      .confirmDevice(
        digits: request.digits, of: Identifier(bytes: request.person), request: request.request,
        by: device.actor))
  }

  func endRecovery(_ end: WireRecoveryEnd) -> ServerSession.Action {
    let said = RecoveryEnd(
      actor: device.actor, statement: Array(end.statement), signature: Array(end.signature))
    return .submit(.endRecovery(said, request: end.request, by: device.actor))
  }

  func invite(_ request: WireInvitationRequest) throws -> ServerSession.Action {
    guard let verifier = Digest(bytes: request.verifier), request.codeID.count == 8,
      let person = Identifier(bytes: request.person), request.personName.utf8.count <= Limits.nameBytes,
      request.case.isEmpty || request.case.count == 16
    else { throw ProtocolError.malformed }
    let wish = GroupStage.InvitationWish(
      code: request.codeID.reduce(0) { $0 << 8 | UInt64($1) }, verifier: verifier,
      role: Role(rawValue: request.role), person: person, personName: request.personName,
      caseID: Identifier(bytes: request.case), isRemote: request.remote)
    return .submit(.invite(wish, request: request.request, by: account.id))
  }

  /// The welcome, but for what is the session's alone.
  func welcome(tenant: Tenant, aliases: [Identifier], at now: Int64) -> WireWelcome {
    var welcome = WireWelcome()
    welcome.outcome = outcome
    welcome.journal = .with {
      $0.entries = device.journal.entries
      $0.digest = .init(device.journal.digest.bytes)
    }
    welcome.epochs = tenant.epochs.map { start in
      .with {
        $0.epoch = .init(start.epoch.bytes)
        $0.sealedPosition = tenant.stampKey.sealStart(of: start.epoch, at: start.position)
      }
    }
    welcome.membership = membership(tenant: tenant, aliases: aliases, at: now)
    return welcome
  }

  private var outcome: WireOutcome {
    if revocation != nil { return .exitOnly }
    return !device.isConfirmed ? .unconfirmed : isInRecovery ? .recovery : .open
  }

  private func membership(tenant: Tenant, aliases: [Identifier], at now: Int64) -> WireMembership {
    var certificate = WireDeviceCertificate()
    certificate.tenant = .init(tenant.id.bytes)
    certificate.account = .init(account.id.bytes)
    certificate.device = .init(device.id.bytes)
    certificate.signingKey = .init(device.signingKey)
    certificate.agreementKey = .init(device.agreementKey)
    certificate.issuedAt = now
    certificate.tenantAgreementKey = .init(tenant.agreementKey)
    let encoded: [UInt8] = (try? certificate.serializedBytes()) ?? []
    var membership = WireMembership()
    membership.account = .init(account.id.bytes)
    membership.person = .init(account.person.bytes)
    membership.personName = account.personName
    membership.role = account.role.rawValue
    membership.aliases = aliases.map { .init($0.bytes) }
    membership.certificate = .init(encoded)
    membership.certificateSignature = .init(tenant.signingKey.sign(encoded, for: .certificate))
    return membership
  }
}
