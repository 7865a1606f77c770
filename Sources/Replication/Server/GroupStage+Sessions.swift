public import CRDT
public import WireProtocol

/// Who opens a session, and whether both sides remember the same.
extension GroupStage {
  /// What a known actor says of itself and of what it had from this server.
  public struct Presented: Hashable, Sendable {
    /// The actor.
    public let actor: ActorID
    /// The newest epoch that it knows; `nil` when it knows none.
    public let epoch: Identifier?
    /// The epoch that the server's hello named to it.
    public let toldEpoch: Identifier
    /// Its journal.
    public let journal: JournalHead
    /// The newest session token that it stored.
    public let token: Identifier?
    /// The newest cursor that it stored.
    public let cursor: [UInt8]
    /// The newest of its own changes that has a stamp.
    public let newest: KnownHead?
    /// How it came from actors that the server knows, where the server has forgotten it.
    public let forgotten: [ActorCertificate]
    /// Random: what a new epoch is called, should this show that one has begun; else the new token's nonce.
    public let newEpoch: Identifier
  }

  /// Gives a device that proved its newest token another one.
  ///
  /// - Throws: `ProtocolError`: `FORKED` when the token is one that the device should have replaced, or its
  ///   journal is another one than the server's; `EPOCH_MISMATCH` when it knows another epoch; `RETRY` when
  ///   what it shows began a new epoch, or one began since the server's hello.
  public mutating func open(_ presented: Presented) throws -> Device {
    try checkTold(presented)
    let device = try remembered(presented)
    try beginEpochIfSetBack(presented, device)
    guard presented.epoch == nil || presented.epoch == directory.tenant.epoch else {
      throw ProtocolError(.epochMismatch)
    }
    guard !device.isRetired, try agrees(presented.journal, with: device) else { throw ProtocolError(.forked) }
    let renewed = try renewToken(of: device, presenting: presented.token, nonce: presented.newEpoch.low)
    try noteContact(presented, judged: device.journal.entries)
    return renewed
  }

  /// Looks whether what a known actor carries here as a file can be taken in: as `open`, but that no token is
  /// shown and none is handed out, and that the device may be in a session meanwhile.
  ///
  /// - Throws: `ProtocolError` as `open`. A bundle of another epoch, or of an actor that another one has
  ///   followed, is left to a session, which sets both right.
  public func carry(_ presented: Presented) throws -> Device {
    guard let device = device(presented.actor) else { throw ProtocolError(.unknownDevice) }
    guard presented.epoch == directory.tenant.epoch else { throw ProtocolError(.epochMismatch) }
    guard !device.isRetired, try agrees(presented.journal, with: device) else { throw ProtocolError(.forked) }
    if try contradictsLog(presented, device) { throw ProtocolError(.epochMismatch) }
    return device
  }

  /// A device whose actor takes the place of another one.
  public struct Succession: Hashable, Sendable {
    /// The actor that it leaves, and what it says of that.
    public let predecessor: Presented
    /// The new actor's Ed25519 public key.
    public let signingKey: [UInt8]
    /// The new actor.
    var actor: ActorID { Transcript.actor(of: signingKey) }
  }

  /// Takes in a new actor of a device.
  ///
  /// In a new epoch every device comes so, once: it is as it was. Any other time the device was restored or
  /// cloned: its work goes on, and it is sent nothing until a person confirms it. A new actor that the server
  /// welcomed and has forgotten, since it was set back once more, shows the token of that welcome.
  ///
  /// - Throws: `ProtocolError` as `open`; `FORKED` too where the new actor has written something already.
  public mutating func succeed(_ succession: Succession) throws -> Device {
    let presented = succession.predecessor
    try checkTold(presented)
    let actor = succession.actor
    var old = try remembered(presented, or: actor)
    if let device = device(actor) {
      guard device.predecessor == old.actor, device.signingKey == succession.signingKey else {
        throw ProtocolError(.codeRefused)
      }
      // A copy of the device that has drawn the same one wrote under it: this one takes another.
      guard device.journal.entries == 0 else { throw ProtocolError(.forked) }
      // Its welcome was lost, or what followed.
      return try renewToken(
        of: device, presenting: device.token == nil ? nil : presented.token, nonce: presented.newEpoch.low)
    }
    try beginEpochIfSetBack(presented, old, succeededBy: actor)
    let isSame = try isUnbroken(presented, old, succeededBy: actor)
    // A confirmation that the server forgot was given all the same, and it said so.
    let isConfirmed =
      isSame
      && (old.isConfirmed || wasConfirmed(presented, as: old.actor) || wasConfirmed(presented, as: actor))
    if isSame {
      old.isRetired = true
      update(old)
    }
    let device = Device(
      id: old.id, actor: actor, account: old.account, name: old.name, signingKey: succession.signingKey,
      agreementKey: old.agreementKey, journal: .start(tenant: tenant, actor: actor), token: nil,
      offeredToken: firstToken(actor, isConfirmed: isConfirmed), predecessor: old.actor,
      isConfirmed: isConfirmed, enrolledAt: old.enrolledAt, contactDay: today)
    update(device)
    try passContact(from: old.actor, to: actor)
    group.ledger.append(.succeeded(device, retiresPredecessor: isSame))
    return device
  }

  /// A device takes the epoch of the server's hello for the log's: in one that began since it would compare
  /// too little of what it has.
  private func checkTold(_ presented: Presented) throws {
    guard presented.toldEpoch == directory.tenant.epoch else { throw ProtocolError(.retry) }
  }

  /// The device of an actor. One that the server has forgotten, since it was set back, is noted again: as
  /// confirmed when the actor has a cursor, which was sent to confirmed devices alone, or it or its successor
  /// a token that says so.
  private mutating func remembered(
    _ presented: Presented, or successor: ActorID? = nil
  ) throws -> Device {
    if let device = device(presented.actor) { return device }
    let hasProof =
      cursor(presented) != nil || wasConfirmed(presented, as: presented.actor)
      || successor.map { wasConfirmed(presented, as: $0) } == true
    var last: Device?
    for certificate in presented.forgotten {
      guard let before = device(certificate.predecessor) else { continue }
      let actor = Transcript.actor(of: certificate.signingKey)
      last = Device(
        id: before.id, actor: actor, account: before.account, name: before.name,
        signingKey: certificate.signingKey, agreementKey: before.agreementKey,
        journal: .start(tenant: tenant, actor: actor), predecessor: before.actor,
        isConfirmed: hasProof && before.isConfirmed, isRetired: actor != presented.actor,
        enrolledAt: before.enrolledAt, contactDay: before.contactDay)
      guard let last else { continue }
      update(last)
      group.ledger.append(.succeeded(last, retiresPredecessor: false))
    }
    guard let last, last.actor == presented.actor else { throw ProtocolError(.unknownDevice) }
    return last
  }

  /// Days since 1970 by the server's clock: when a device was here is not told more closely.
  var today: Int32 { Int32(clamping: receivedAt / 86_400_000) }

  /// The first token of an actor.
  func firstToken(_ actor: ActorID, isConfirmed: Bool) -> Identifier {
    directory.tenant.stampKey.token(session: 1, nonce: 0, isConfirmed: isConfirmed, actor: actor)
  }

  /// Whether a device shows a token that this server gave to an actor of it when it was confirmed.
  private func wasConfirmed(_ presented: Presented, as actor: ActorID) -> Bool {
    presented.token.map { directory.tenant.stampKey.wasConfirmed($0, actor: actor) } ?? false
  }

  /// Takes the token that a device presents, and hands out the next.
  private mutating func renewToken(
    of known: Device, presenting token: Identifier?, nonce: UInt64
  ) throws -> Device {
    var device = known
    if let token, isNext(token, of: device) {
      device.token = token
    } else if device.token != token {
      throw ProtocolError(.forked)
    }
    device.offeredToken = directory.tenant.stampKey.token(
      session: lastSession(of: device) + 1, nonce: nonce, isConfirmed: device.isConfirmed,
      actor: device.actor)
    device.contactDay = today
    update(device)
    return device
  }

  /// Whether a token is one that was handed out since the last that was used. There may be several, and the
  /// first that is used makes the others void: what arrives late on a connection that the device has given up
  /// gets one of its own, and does not make void what the device has stored since.
  func isNext(_ token: Identifier, of device: Device) -> Bool {
    directory.tenant.stampKey.session(of: token, actor: device.actor) == lastSession(of: device) + 1
  }

  private func lastSession(of device: Device) -> UInt64 {
    device.token.map(StampKey.session(ofOwn:)) ?? 0
  }

  /// Whether a device comes into this epoch as it left the one before: the first of its actor, with a journal
  /// and a token that are no older than the server's; or with the token of its successor's welcome, which the
  /// server has forgotten, where that was taken for confirmed.
  private func isUnbroken(
    _ presented: Presented, _ old: Device, succeededBy successor: ActorID
  ) throws -> Bool {
    guard let epoch = presented.epoch, epoch != directory.tenant.epoch,
      directory.tenant.hasLived(in: epoch), !old.isRetired, try agrees(presented.journal, with: old),
      presented.journal.entries >= old.journal.entries
    else { return false }
    guard let known = old.token.map(StampKey.session(ofOwn:)) else { return true }
    guard let token = presented.token else { return false }
    if wasConfirmed(presented, as: successor) { return true }
    guard let session = directory.tenant.stampKey.session(of: token, actor: old.actor) else { return false }
    return session >= known
  }

  /// Whether the journals of both sides are the same at the smaller length. A longer one of the device's own
  /// the device compares.
  private func agrees(_ journal: JournalHead, with device: Device) throws -> Bool {
    if journal.entries > device.journal.entries { return true }
    if journal.entries == device.journal.entries { return journal.digest == device.journal.digest }
    if journal.entries == 0 { return journal == .start(tenant: tenant, actor: device.actor) }
    return try source.verdict(on: journal.entries, of: device.actor)?.journal == journal
  }

  // MARK: A server that was set back

  /// Begins a new epoch when what a device shows was said by this server, and its log knows nothing of it.
  ///
  /// - Parameter successor: an actor that the server does not know, which is to take the device's place.
  /// - Throws: `ProtocolError` `RETRY` then: everybody connects anew, into the new epoch.
  private mutating func beginEpochIfSetBack(
    _ presented: Presented, _ device: Device, succeededBy successor: ActorID? = nil
  ) throws {
    let unknown = provenEpochs(presented).filter { !directory.tenant.hasLived(in: $0) }
    let isForgotten =
      (directory.devices[device.actor] == nil || wasWelcomed(successor, presented))
      && presented.epoch == directory.tenant.epoch
    let isSetBack = try isForgotten || contradictsLog(presented, device)
    guard isSetBack || !unknown.isEmpty else { return }
    begin(presented.newEpoch, after: unknown)
    throw ProtocolError(.retry)
  }

  /// Whether a device shows a token that this server gave to its successor.
  private func wasWelcomed(_ successor: ActorID?, _ presented: Presented) -> Bool {
    guard let successor, let token = presented.token else { return false }
    return directory.tenant.stampKey.session(of: token, actor: successor) != nil
  }

  /// The epochs of which a device has this server's word.
  private func provenEpochs(_ presented: Presented) -> [Identifier] {
    var epochs: [Identifier] = []
    if let cursor = cursor(presented) { epochs.append(cursor.epoch) }
    if let stamp = stamp(presented)?.stamp, !epochs.contains(stamp.seal.epoch) {
      epochs.append(stamp.seal.epoch)
    }
    return epochs
  }

  private func cursor(_ presented: Presented) -> StampKey.Cursor? {
    try? directory.tenant.stampKey.openCursor(presented.cursor, actor: presented.actor)
  }

  private func stamp(_ presented: Presented) -> (stamp: ChangeStamp, digest: Digest)? {
    guard let newest = presented.newest, let digest = newest.digests.first, let stamp = newest.stamp,
      isStamped(stamp, digest)
    else { return nil }
    return (stamp, digest)
  }

  private func contradictsLog(_ presented: Presented, _ device: Device) throws -> Bool {
    let tenant = directory.tenant
    if let cursor = cursor(presented), cursor.epoch == tenant.epoch {
      if cursor.position > group.position { return true }
      let mark = try source.logDigest(at: cursor.position)?.firstWord
      if let mark, mark != cursor.mark { return true }
    }
    if let newest = presented.newest, let (stamp, digest) = stamp(presented),
      stamp.seal.epoch == tenant.epoch,
      try self.digest(of: newest.change, in: newest.record) != digest
    {
      return true
    }
    guard presented.epoch == tenant.epoch, let token = presented.token,
      let session = tenant.stampKey.session(of: token, actor: presented.actor)
    else { return false }
    let known = [device.token, device.offeredToken].compactMap { $0.map(StampKey.session(ofOwn:)) }
    return session > known.max() ?? 0
  }
}
