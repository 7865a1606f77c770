import CRDT
public import WireProtocol

/// How a device takes in a delivery bundle: messages in, writes out.
///
///     awaitingReply ──signed by the tenant──▶ awaitingWelcome ──▶ open
///       ──▶ verdicts*, opened*, checkpoints, delivery* ──▶ done
///
/// Verdicts count whenever they come. What was delivered counts only where it goes on from what is here: a
/// bundle that is late, or was taken before, would otherwise set back what came since, or skip what did not
/// come.
public struct BundleIntake: Sendable {
  /// What is written to the replica, in one transaction each, in this order.
  public enum Write: Sendable, Hashable {
    /// Verdicts on own entries that have none here.
    case verdicts([EntryVerdict])
    /// What was delivered. States that are no newer than what is here, and changes that are here, are passed
    /// over. `end`: it is the last, and with its cursor the bundle is taken in.
    case delivery(ReceivedDelivery, end: End?)
    /// Whether the device may be sent content: not while there are digits by which a person is to confirm it.
    case standing(digits: UInt32?)
    /// The server has these rows of what was opened, by the digests of their events, since then by its clock.
    case opened(Set<Digest>, takenAt: Int64)
    /// How the logs of knowing stood, held against what is kept.
    case logs([LogWatch.Outcome])
  }

  /// What is noted once all of a bundle is taken in.
  public struct End: Sendable, Hashable {
    /// Names the bundle.
    public let bundle: Digest
    /// Who the server says that the device acts for.
    public let membership: Membership

    /// Describes the end of a bundle.
    public init(bundle: Digest, membership: Membership) {
      self.bundle = bundle
      self.membership = membership
    }
  }

  /// What became of a bundle.
  public enum Outcome: Sendable, Hashable {
    /// It went on from what is here, and all of it is here now.
    case taken
    /// All of it was here already.
    case takenBefore
    /// It goes on from an earlier state than the one here: its verdicts count, and what it delivers is left
    /// to the next session or bundle.
    case older
  }

  private enum State {
    case awaitingReply
    case awaitingWelcome
    case open(Membership)
    case ended
  }

  private let identity: ClientIdentity
  private let header: [UInt8]
  private let lastTaken: Digest?
  private var state = State.awaitingReply
  private var watch: LogWatch?
  private var deliveries: UInt64 = 0
  /// When the server wrote it, by its clock.
  private var writtenAt: Int64 = 0
  private var isSaidToBeAll = false
  /// What became of the bundle, once all its messages were received.
  public private(set) var outcome = Outcome.taken

  /// An intake that has received nothing.
  ///
  /// - Parameters:
  ///   - identity: whose replica it is, with the cursor that is here.
  ///   - header: the bundle's, as it stands in the file.
  ///   - lastTaken: names the bundle that was last taken in.
  ///   - logs: what is kept of the logs of knowing; `nil` leaves them to a session.
  /// - Throws: `ProtocolError`: `MALFORMED` when the header is none or of a push, `WRONG_TENANT`,
  ///   `UNKNOWN_DEVICE` when it is for another device or another actor of this one, `FORKED` when this one
  ///   goes on under another actor, which takes a session.
  public init(identity: ClientIdentity, header: [UInt8], lastTaken: Digest?, logs: LogWatch? = nil) throws {
    watch = logs
    let parsed = try BundleHeader(encoded: header)
    guard parsed.kind == .delivery else { throw ProtocolError.malformed }
    guard parsed.tenant == identity.tenant else { throw ProtocolError(.wrongTenant) }
    guard parsed.actor == identity.actor else { throw ProtocolError(.unknownDevice) }
    guard identity.successor == nil, !identity.isHealing else { throw ProtocolError(.forked) }
    self.identity = identity
    self.header = header
    self.lastTaken = lastTaken
  }

  /// The next message of the bundle.
  ///
  /// - Returns: what is to be written before the next one is given.
  /// - Throws: `ProtocolError`: `BAD_SIGNATURE` when the tenant did not write it, `EPOCH_MISMATCH` when its
  ///   server's log is in another epoch, `FORKED` when the server knows another journal of this device or
  ///   more of it, `MALFORMED`, `UNEXPECTED`.
  public mutating func received(_ bytes: [UInt8], replica: some ReplicaSource) throws -> [Write] {
    let message = try WireServerMessage(checking: bytes)
    switch (message.body, state) {
    case (.bundle(let reply), .awaitingReply):
      try take(reply)
      state = .awaitingWelcome
      return []
    case (.welcome(let welcome), .awaitingWelcome): return try take(welcome, replica)
    case (.verdicts(let verdicts), .open): return try take(verdicts, replica)
    case (.opened(let taken), .open): return try take(taken)
    case (.checkpoints(let answer), .open): return try take(answer)
    case (.delivery(let delivery), .open(let membership)): return try take(delivery, membership)
    default: throw ProtocolError(.unexpected)
    }
  }

  /// The bundle has no more messages.
  ///
  /// - Throws: `ProtocolError` `MALFORMED` when it should have.
  public mutating func ended() throws {
    guard case .open = state, isSaidToBeAll else { throw ProtocolError.malformed }
    state = .ended
  }

  private mutating func take(_ reply: WireBundleReply) throws {
    guard Array(reply.header) == header else { throw ProtocolError(.badSignature) }
    let body = Array(reply.body)
    guard
      try VerifyingKey(bytes: identity.tenantKey).isValid(
        Array(reply.signature), over: Transcript.bundle(header: header, content: body), for: .bundleReply)
    else { throw ProtocolError(.badSignature) }
    guard let told = try? WireBundleReplyBody(serializedBytes: body), told.helloDigest.count == 32 else {
      throw ProtocolError.malformed
    }
    guard Array(told.tenant) == identity.tenant.bytes else { throw ProtocolError(.wrongTenant) }
    guard told.actor == identity.actor.rawValue else { throw ProtocolError(.unknownDevice) }
    guard Array(told.epoch) == identity.epoch.bytes else { throw ProtocolError(.epochMismatch) }
    writtenAt = told.time
    if Digest(hashing: header) == lastTaken {
      outcome = .takenBefore
    } else if Array(told.cursor) != identity.cursor {
      outcome = .older
    }
  }

  private mutating func take(_ welcome: WireWelcome, _ replica: some ReplicaSource) throws -> [Write] {
    guard [.open, .unconfirmed, .exitOnly, .recovery].contains(welcome.outcome) else {
      throw ProtocolError(.unsupported)
    }
    guard let digest = Digest(bytes: welcome.journal.digest) else { throw ProtocolError.malformed }
    let key = identity.signingKey.publicKey
    let membership = try Membership(
      welcome.membership, tenant: identity.tenant, tenantKey: identity.tenantKey, signingKey: key,
      agreementKey: nil)
    // More than is here, or something else: the device was restored or cloned.
    let journal = try replica.journal()
    guard welcome.journal.entries <= journal.entries else { throw ProtocolError(.forked) }
    if let own = try replica.digest(ofEntry: welcome.journal.entries), own != digest {
      throw ProtocolError(.forked)
    }
    state = .open(membership)
    let isConfirmed = welcome.outcome != .unconfirmed
    // Whether a person confirmed it is nothing to a device whose access ended.
    guard outcome == .taken, isConfirmed != identity.isConfirmed, welcome.outcome != .exitOnly else {
      return []
    }
    return [
      .standing(digits: isConfirmed ? nil : ConfirmationDigits.of(signingKey: key, tenant: identity.tenant))
    ]
  }

  private func take(_ message: WireVerdicts, _ replica: some ReplicaSource) throws -> [Write] {
    guard !isSaidToBeAll, message.cursor.isEmpty else { throw ProtocolError(.unexpected) }
    guard message.firstEntry > 0, message.firstEntry <= Limits.highestNumber, message.entries > 0,
      message.entries <= Limits.pushEntries
    else { throw ProtocolError.malformed }
    let end = message.firstEntry + UInt64(message.entries)
    let pending = try replica.pendingEntries(after: message.firstEntry - 1, limit: Int(message.entries))
      .filter { $0.entry.number < end }
    // Those that have a verdict here keep it; the rest stand at the end.
    guard let first = pending.first?.entry.number else { return [] }
    guard UInt64(pending.count) == end - first else { throw ProtocolError(.unexpected) }
    let stamps = pending.reduce(0) { $0 + $1.digests.count } * 24
    guard message.stamps.count >= stamps else { throw ProtocolError.malformed }
    var rest = message
    rest.firstEntry = first
    rest.entries = UInt32(pending.count)
    rest.stamps = .init(message.stamps.suffix(stamps))
    rest.exceptions = message.exceptions.filter { $0.entry >= first }
    let sizes = Dictionary(uniqueKeysWithValues: pending.map { ($0.entry.number, $0.digests.count) })
    return [.verdicts(try EntryVerdict.list(from: rest, epoch: identity.epoch, sizes: sizes))]
  }

  /// Which rows the server has, whenever it says so: they stand in the log once.
  private func take(_ taken: WireOpenedTaken) throws -> [Write] {
    guard !isSaidToBeAll else { throw ProtocolError(.unexpected) }
    guard taken.events.count <= Limits.openedRows else { throw ProtocolError(.limitExceeded) }
    let events = try taken.events.map { bytes throws -> Digest in
      guard let event = Digest(bytes: bytes) else { throw ProtocolError.malformed }
      return event
    }
    return events.isEmpty ? [] : [.opened(Set(events), takenAt: writtenAt)]
  }

  /// How the logs stood when the bundle was written. One that does not go on from what is here says nothing:
  /// a session may have brought a newer checkpoint since, and then it would look as if the log had been set
  /// back. That it is older than a session's would be is no finding either: it was carried.
  private mutating func take(_ answer: WireCheckpoints) throws -> [Write] {
    guard !isSaidToBeAll else { throw ProtocolError(.unexpected) }
    guard outcome == .taken, var watch else { return [] }
    let current = WireCheckpoints.with {
      $0.logs = answer.logs.filter { one in
        guard let body = try? LogCheckpoint(encoded: Array(one.checkpoint.body)) else { return true }
        return !one.hasProof || one.proof.first == watch.size(of: body.kind)
      }
    }
    let outcomes = try watch.receive(current, at: writtenAt)
      .filter { if case .stale = $0 { false } else { true } }
    self.watch = watch
    return outcomes.isEmpty ? [] : [.logs(outcomes)]
  }

  private mutating func take(_ message: WireDelivery, _ membership: Membership) throws -> [Write] {
    guard !isSaidToBeAll, message.number == deliveries + 1 else { throw ProtocolError(.unexpected) }
    deliveries = message.number
    isSaidToBeAll = message.caughtUp
    // A cursor before the end would say that nothing is missing which is still to come.
    guard message.cursor.isEmpty || message.caughtUp else { throw ProtocolError(.unexpected) }
    guard outcome == .taken else { return [] }
    let delivery = try ReceivedDelivery(message, epoch: identity.epoch)
    let end = message.caughtUp ? End(bundle: Digest(hashing: header), membership: membership) : nil
    return [.delivery(delivery, end: end)]
  }
}
