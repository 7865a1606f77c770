public import CRDT
public import CaseModel
public import WireProtocol

extension GroupStage {
  /// A device that wants to be enrolled with a code.
  public struct Enrolment: Hashable, Sendable {
    /// The code.
    public let code: UInt64
    /// Whether the device proved that it knows the code's secret.
    public let isProved: Bool
    /// The device's Ed25519 public key.
    public let signingKey: [UInt8]
    /// The device's X25519 public key.
    public let agreementKey: [UInt8]
    /// The device's name.
    public let deviceName: String
    /// What the new device is called, should it come to be.
    public let newDevice: Identifier
  }

  /// Notes that a device uses the token that it was offered, so that the one before is no longer good.
  public mutating func use(_ token: Identifier, by actor: ActorID) {
    guard var device = device(actor), isNext(token, of: device) else { return }
    device.token = token
    device.offeredToken = nil
    update(device)
  }

  /// Notes what a device confirmed to have stored.
  public mutating func confirm(deliveries: UInt64, holding: [Holding], by actor: ActorID) {
    guard var device = device(actor), device.deliveries < deliveries else { return }
    device.deliveries = deliveries
    update(device)
    hold(holding)
    guard !holding.isEmpty else { return }
    let enters = holding.map { LedgerEvent.Enter(record: $0.record, generation: $0.generation) }
    group.ledger.append(.entered(actor, enters))
  }

  /// A device says that it has nothing. Not only this session sends it everything: should it break off
  /// before all is confirmed, the next one goes on, from a cursor that knows nothing of what was held before.
  public mutating func forgetHoldings(of actor: ActorID) {
    // A new device was not taken to hold anything: neither what it was sent nor what it wrote itself.
    guard let device = device(actor), device.deliveries > 0 || device.journal.entries > 0 else { return }
    group.forgotten.insert(actor)
  }

  /// Enrols a device.
  ///
  /// - Throws: `ProtocolError` `CODE_REFUSED`, whatever is wrong with the code: unknown, used, expired or not
  ///   proved look alike. A wrong proof counts against the code.
  public mutating func enrol(_ enrolment: Enrolment) throws -> Device {
    guard !directory.isInRecovery else { throw ProtocolError(.inRecovery) }
    guard var code = code(enrolment.code) else { throw ProtocolError(.codeRefused) }
    if let device = enrolledBefore(enrolment, with: code) { return device }
    guard code.isUsable(at: receivedAt), !governing.isErasedFromRegister(code.person) else {
      throw ProtocolError(.codeRefused)
    }
    guard enrolment.isProved else {
      code.failures += 1
      update(code)
      throw ProtocolError(.codeRefused)
    }
    let actor = Transcript.actor(of: enrolment.signingKey)
    guard device(actor) == nil else { throw ProtocolError(.codeRefused) }
    code.isUsed = true
    update(code)
    voidRemoteCodes(for: code.person)
    let account =
      code.account.flatMap(self.account)?.resumed
      ?? Account(
        // A person has one account in a tenant; it goes by her id, so that readers know whose change it is.
        id: code.person, person: code.person, personName: code.personName, role: code.role,
        inviter: code.inviter)
    if let known = self.account(account.id) { resume(known) } else { add(account) }
    let device = Device(
      id: enrolment.newDevice, actor: actor, account: account.id, name: enrolment.deviceName,
      signingKey: enrolment.signingKey, agreementKey: enrolment.agreementKey,
      journal: .start(tenant: tenant, actor: actor),
      offeredToken: firstToken(actor, isConfirmed: !code.isRemote), isConfirmed: !code.isRemote,
      enrolledAt: receivedAt, contactDay: today)
    update(device)
    group.ledger.append(.enrolled(device, of: account, code: code.id))
    return device
  }

  /// An account that ended goes on: somebody let its person in again.
  private mutating func resume(_ account: Account) {
    if account.endedAt != nil { update(account.resumed) }
  }

  /// The device that enrolled with this code and these keys and does not know it, since its welcome was lost.
  /// It is welcomed again, as long as the code would last and it has not opened a session.
  private mutating func enrolledBefore(_ enrolment: Enrolment, with code: PendingCode) -> Device? {
    guard code.isUsed, enrolment.isProved, receivedAt < code.expiresAt,
      var device = device(Transcript.actor(of: enrolment.signingKey)), device.token == nil,
      device.account == code.account ?? code.person, device.signingKey == enrolment.signingKey,
      device.agreementKey == enrolment.agreementKey, revocation(of: device) == nil
    else { return nil }
    device.offeredToken = firstToken(device.actor, isConfirmed: device.isConfirmed)
    update(device)
    return device
  }

  /// What somebody wants to invite another person, or a further device of the own, to.
  public struct InvitationWish: Hashable, Sendable {
    /// What the code will be called.
    public let code: UInt64
    /// The hash of its secret.
    public let verifier: Digest
    /// The role that the account gets.
    public let role: Role
    /// Whom it is for.
    public let person: Identifier
    /// That person's name.
    public let personName: String
    /// The case that the role is for, if it is for one.
    public let caseID: Identifier?
    /// Whether it is for somebody who is not in the room.
    public let isRemote: Bool
  }

  /// Makes a one-time code, if the inviter may.
  ///
  /// - Throws: `ProtocolError` `NOT_PERMITTED`.
  public mutating func invite(_ wish: InvitationWish, by inviter: Identifier) throws -> PendingCode {
    guard !directory.isInRecovery else { throw ProtocolError(.inRecovery) }
    // Who was erased is not let in again under her number: nobody could tell any more who she is.
    guard let account = account(inviter), account.endedAt == nil,
      !governing.isErasedFromRegister(wish.person)
    else { throw ProtocolError(.notPermitted) }
    let isOwnDevice = wish.person == account.person && wish.role == account.role
    let existing = accountOf(person: wish.person)
    if !isOwnDevice {
      guard existing.map({ mayLetInAgain($0, wish, by: account) }) ?? mayInvite(wish, by: account) else {
        throw ProtocolError(.notPermitted)
      }
    }
    guard code(wish.code) == nil else { throw ProtocolError(.retry) }
    let seconds = wish.isRemote ? Limits.remoteCodeSeconds : Limits.codeSeconds
    let code = PendingCode(
      id: wish.code, verifier: wish.verifier, role: wish.role, person: wish.person,
      personName: existing?.personName ?? wish.personName,
      account: existing?.id, expiresAt: receivedAt + seconds * 1_000,
      inviter: account.person, isRemote: wish.isRemote)
    voidRemoteCodes(for: wish.person)
    guard openCodes(of: account.person) < Limits.openCodes else { throw ProtocolError(.limitExceeded) }
    update(code)
    group.codesKeptFrom = receivedAt - PendingCode.keptMilliseconds
    return code
  }

  /// How many codes that somebody made may still be used.
  private func openCodes(of inviter: Identifier) -> Int {
    let added = Set(group.codes.map(\.id))
    return (group.codes + directory.codes.values.filter { !added.contains($0.id) })
      .count { $0.inviter == inviter && $0.isUsable(at: receivedAt) }
  }

  /// A code that lasts for days may be lost on its way: another one for its person takes its place, and who
  /// has enrolled needs none of them.
  private mutating func voidRemoteCodes(for person: Identifier) {
    let open = Set(directory.codes.keys).union(group.codes.map(\.id)).sorted().compactMap(code)
    for var code in open where code.isRemote && !code.isUsed && code.person == person {
      code.failures = Limits.codeAttempts
      update(code)
    }
  }

  private func mayInvite(_ wish: InvitationWish, by account: Account) -> Bool {
    InvitationRule.mayInvite(
      account.person, to: wish.role, case: wish.caseID, at: receivedAt, in: governing
    ).isAllowed
  }

  /// Whether a person who has an account already, and no device left, may be let in again by a code: in the
  /// role that she had, by whoever might invite or end her. Her account, and with it what she wrote, goes on.
  private func mayLetInAgain(_ existing: Account, _ wish: InvitationWish, by account: Account) -> Bool {
    guard existing.id != account.id, wish.role == existing.role,
      devices(of: existing.id).allSatisfy({ id in
        (group.revocations.last { $0.device == id } ?? directory.revocations[id]) != nil
      })
    else { return false }
    return mayInvite(wish, by: account)
      || EndingRule.mayEnd(
        account.person, existing.person, in: existing.role, invitedBy: existing.inviter, in: governing)
  }

  /// Confirms an unconfirmed device by the digits that it shows: one of the own account's, or of somebody
  /// whom the own person invited, or, while nobody ever confirmed it, whose access she may end.
  ///
  /// The digits follow from the device's key: whoever used a code that was not for him has another key, and
  /// so others than the ones that are read out. They say nothing of whose code it was: so whoever confirms
  /// says whose device it is, and one that was enrolled with somebody else's code is not it.
  ///
  /// - Parameter owner: whose device it is; `nil` for the confirmer's own person.
  /// - Throws: `ProtocolError` `NOT_PERMITTED` when there is none, whatever is wrong.
  public mutating func confirm(
    _ digits: UInt32, of owner: Identifier?, by confirmer: ActorID
  ) throws {
    guard let own = device(confirmer), isTrusted(own), let person = account(own.account)?.person else {
      throw ProtocolError(.notPermitted)
    }
    // Two with the same digits cannot be told apart, whoever else's the other one is: digits are short, and
    // whoever wants to be taken for somebody may look for a key that shows hers.
    let alike = directory.devices.keys.compactMap(device).filter { device in
      !device.isRetired
        && ConfirmationDigits.of(signingKey: device.signingKey, tenant: tenant) == digits
    }
    guard var device = alike.first, alike.count == 1, !device.isConfirmed, device.actor != confirmer,
      revocation(of: device) == nil, let account = account(device.account),
      account.person == owner ?? person, mayConfirm(device, of: account, person, with: own)
    else { throw ProtocolError(.notPermitted) }
    device.isConfirmed = true
    update(device)
    confirmed.insert(device.actor)
    group.ledger.append(.confirmed(device.actor))
  }

  /// Whether a person may confirm a device. Whoever invited somebody may have left before she enrolled.
  private func mayConfirm(
    _ device: Device, of account: Account, _ person: Identifier, with own: Device
  ) -> Bool {
    guard account.endedAt == nil else { return false }
    if account.id == own.account || account.inviter == person { return true }
    return isUnknown(device)
      && EndingRule.mayEnd(
        person, account.person, in: account.role, invitedBy: account.inviter, in: governing)
  }
}
