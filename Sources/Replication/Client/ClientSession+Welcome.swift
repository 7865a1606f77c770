import CRDT
import WireProtocol

/// How a session opens: what the server welcomes the device with, and where both go on.
extension ClientSession {
  mutating func received(
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

  mutating func open(after healing: Healing, replica: some ReplicaSource) throws -> [Action] {
    identity = identity.succeeded(in: healing.epoch)
    return try open(judged: try judgedEntries(in: replica), replica: replica)
  }

  /// The device goes on under another actor, in a session of its own.
  mutating func beginSuccession() -> [Action] {
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
}
