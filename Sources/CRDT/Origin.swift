/// The change that another one stands for: one that was quarantined or held and that somebody decided on, or
/// one that a device wrote again under a new actor.
///
/// An origin is always the first original: who decides on a change that has an origin itself names that
/// origin.
public struct Origin: Hashable, Sendable {
  /// Names the original.
  public let id: ChangeID
  /// What the original's author had seen. It alone decides what the new change supersedes.
  ///
  /// Where the original's actor left a fork, its own entry ends at the last change that both branches share:
  /// what the other branch did under the same numbers was never seen.
  public let version: VersionVector
  /// The account that wrote the original, which views show.
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
