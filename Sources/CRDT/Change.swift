/// What one actor did to one record at one time, as far as merging is concerned.
public struct Change: Hashable, Sendable {
  /// Names the change and says who made it when.
  public let context: ChangeContext
  /// What was done, in order.
  public let operations: [Operation]

  /// Makes a change.
  public init(context: ChangeContext, operations: [Operation]) {
    self.context = context
    self.operations = operations
  }

  /// Names the change.
  public var id: ChangeID { context.id }
}

/// The change that another one stands for: one that was quarantined or held and that somebody decided on, or one
/// that a device wrote again under a new actor.
public struct Origin: Hashable, Sendable {
  /// Names the original.
  public let id: ChangeID
  /// What the original's author had seen. It alone decides what the new change supersedes.
  public let version: VersionVector
  /// The original's author and the time that it was written, which views show.
  public let author: Identifier
  /// Milliseconds since 1970 by the original author's clock.
  public let writtenAt: Int64

  /// Describes an original.
  public init(id: ChangeID, version: VersionVector, author: Identifier, writtenAt: Int64) {
    self.id = id
    self.version = version
    self.author = author
    self.writtenAt = writtenAt
  }
}

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
  /// What the change stands for, if it stands for another.
  public let origin: Origin?
  /// The rest of the server's stamp, which merging does not look at.
  public let seal: Seal?

  /// Makes a context.
  public init(
    id: ChangeID, version: VersionVector, author: Identifier, writtenAt: Int64, receivedAt: Int64? = nil,
    origin: Origin? = nil, seal: Seal? = nil
  ) {
    self.id = id
    self.version = version
    self.author = author
    self.writtenAt = writtenAt
    self.receivedAt = receivedAt
    self.origin = origin
    self.seal = seal
  }

  /// The same change once the server has received it.
  public func received(at time: Int64, seal: Seal? = nil) -> ChangeContext {
    ChangeContext(
      id: id, version: version, author: author, writtenAt: writtenAt, receivedAt: time, origin: origin,
      seal: seal)
  }

  /// The time by which concurrent values are put in order for display: the earlier of written and received, so that
  /// a clock that runs ahead gains nothing. It never decides what is kept.
  public var shownAt: Int64 { min(origin?.writtenAt ?? writtenAt, receivedAt ?? .max) }

  /// Whether this change's author had seen the other change, and so supersedes its values.
  ///
  /// A change with an origin supersedes what the original's author had seen, where an original that was itself
  /// brought in stands for its new change.
  public func hasSeen(_ other: ChangeContext) -> Bool {
    guard let origin else { return version.contains(other.id) }
    return origin.version.contains(other.id) || other.origin.map { origin.version.contains($0.id) } ?? false
  }

  public static func == (left: ChangeContext, right: ChangeContext) -> Bool {
    left === right
      || left.id == right.id && left.version == right.version && left.author == right.author
        && left.writtenAt == right.writtenAt && left.receivedAt == right.receivedAt
        && left.origin == right.origin
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
