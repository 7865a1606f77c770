import CRDT
import WireProtocol

/// Changes that stand for others, or that others stand for.
extension GroupStage {
  /// Why a change may not be judged on its own; `nil` when it may.
  ///
  /// - Throws: what the log throws.
  func refusal(of change: EncodedChange, _ digest: Digest) throws -> ErrorCode? {
    // Somebody brought it in as an origin: it has its effect already.
    if isTaken(digest) { return .alreadyTaken }
    guard let origin = change.origin, let original = change.header.originDigest else {
      return change.header.originDigest == nil ? nil : .invalidContent
    }
    guard origin.digest(ofPayload: change.payload) == original, origin.header.record == change.header.record,
      origin.header.creates == change.header.creates
    else { return .invalidContent }
    if isTaken(original) { return .alreadyTaken }
    if try self.digest(of: origin.header.id, in: origin.header.record) == original,
      try isAccepted(origin.header.id, in: origin.header.record)
    {
      return .alreadyTaken
    }
    if mayBring(origin, original, by: change.header.id.actor) { return nil }
    let author = device(change.header.id.actor).flatMap { account($0.account) }
    return author.map { isDecision(change, by: $0) } == true ? nil : .forbidden
  }

  /// Whether an actor may bring an original in whatever it says: it is one that its own device left, or the
  /// server's stamp shows that it was accepted before.
  func mayBring(_ origin: ChangeOrigin, _ digest: Digest, by actor: ActorID) -> Bool {
    if let stamp = origin.stamp {
      return stamp.isAccepted && isStamped(stamp, digest)
    }
    var ancestor: ActorID? = actor
    while let current = ancestor {
      if current == origin.header.id.actor { return origin.header.author == device(actor)?.account }
      ancestor = device(current)?.predecessor
    }
    return false
  }

  /// Whether the stamp is this server's, on this digest.
  func isStamped(_ stamp: ChangeStamp, _ digest: Digest) -> Bool {
    directory.tenant.stampKey.position(
      in: stamp.seal, receivedAt: stamp.receivedAt, isAccepted: stamp.isAccepted, digest: digest) != nil
  }

  /// Whether an accepted change stands for the change with this digest.
  func isTaken(_ digest: Digest) -> Bool { directory.takenOrigins.contains(digest) }

  /// The digest of a change in the log, as it will stand after the group.
  func digest(of change: ChangeID, in record: Identifier) throws -> Digest? {
    guard let staged = group.records[record] else { return try source.digest(of: change, in: record) }
    if let head = staged.heads[change.actor], head.id.number <= change.number {
      return head.id == change ? head.digest : nil
    }
    let judged = group.changes.last { $0.change.header.record == record && $0.change.header.id == change }
    return try judged?.digest ?? source.digest(of: change, in: record)
  }

  /// Whether a change of the log has effect.
  func isAccepted(_ change: ChangeID, in record: Identifier) throws -> Bool {
    try acceptance(of: change, in: record) != nil
  }

  /// The stamp of a change of the log that has effect; `nil` when it has none.
  func acceptance(of change: ChangeID, in record: Identifier) throws -> ChangeStamp? {
    let staged = group.changes.last { $0.change.header.record == record && $0.change.header.id == change }
    if let staged {
      return staged.isAccepted
        ? ChangeStamp(receivedAt: staged.receivedAt, isAccepted: true, seal: staged.seal) : nil
    }
    let stored = try source.changes(of: record, after: 0).first {
      $0.header.id == change && $0.voidDigest == nil
    }
    return stored.map { ChangeStamp(receivedAt: $0.receivedAt, isAccepted: true, seal: $0.seal) }
  }
}
