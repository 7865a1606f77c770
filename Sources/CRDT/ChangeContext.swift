/// A change without its operations. All operations of a change share one context.
public final class ChangeContext: Hashable, Sendable {
  /// Names the change.
  public let id: ChangeID
  /// What the author had seen of the record, its own previous change included.
  public let version: VersionVector
  /// The account that wrote.
  public let author: Identifier
  /// Milliseconds since 1970 by the author's clock; shown, never evidence.
  public let writtenAt: Int64
  /// Milliseconds since 1970 by the server's clock; `nil` while the change is pending.
  public let receivedAt: Int64?
  /// Milliseconds since 1970, the writing device's estimate of the server's time. It stands in for
  /// `receivedAt` while the change is pending, and is never sent.
  public let estimatedAt: Int64?
  /// What the change stands for, if it stands for another.
  public let origin: Origin?
  /// The rest of the server's stamp, which merging does not look at.
  public let seal: Seal?

  /// Makes a context.
  public init(
    id: ChangeID, version: VersionVector, author: Identifier, writtenAt: Int64, receivedAt: Int64? = nil,
    estimatedAt: Int64? = nil, origin: Origin? = nil, seal: Seal? = nil
  ) {
    self.id = id
    self.version = version
    self.author = author
    self.writtenAt = writtenAt
    self.receivedAt = receivedAt
    self.estimatedAt = estimatedAt
    self.origin = origin
    self.seal = seal
  }

  /// The same change once the server has received it.
  public func received(at time: Int64, seal: Seal? = nil) -> ChangeContext {
    ChangeContext(
      id: id, version: version, author: author, writtenAt: writtenAt, receivedAt: time, origin: origin,
      seal: seal)
  }

  /// The time by which concurrent values are put in order for display: the earlier of written and received,
  /// so that a clock that runs ahead gains nothing. It never decides what is kept.
  public var shownAt: Int64 { min(origin?.writtenAt ?? writtenAt, receivedAt ?? estimatedAt ?? .max) }

  /// Whether this change's author had seen the other change, and so supersedes its values.
  ///
  /// A change with an origin supersedes what the original's author had seen. An original that was itself
  /// brought in stands for its new change, provided that this change names that one: then every replica knows
  /// both in the same order. What one actor brings in of another follows the order in which the other wrote
  /// it.
  public func hasSeen(_ other: ChangeContext) -> Bool {
    guard let origin else { return version.contains(other.id) }
    if origin.version.contains(other.id) { return true }
    guard let theirs = other.origin, version.contains(other.id) else { return false }
    return origin.version.contains(theirs.id)
      || other.id.actor == id.actor && theirs.id.actor == origin.id.actor
        && theirs.id.number < origin.id.number
  }

  /// Whether everything that decides what this change supersedes is in `known`.
  func namesNothing(beyond known: VersionVector) -> Bool {
    known.contains(version) && origin.map { known.contains($0.version) } ?? true
  }

  /// Whether everything in both is the same.
  public static func == (left: ChangeContext, right: ChangeContext) -> Bool {
    left === right
      || left.id == right.id && left.version == right.version && left.author == right.author
        && left.writtenAt == right.writtenAt && left.receivedAt == right.receivedAt
        && left.estimatedAt == right.estimatedAt && left.origin == right.origin
  }

  /// Hashes the name alone; contexts of one name are the same but for when they were received.
  public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
