/// How concurrent operations on a field merge (`Protocol/merge.md`).
///
/// What may be done to a field is part of its kind: a new action is a new kind. Kinds that this version does
/// not know are kept whole and none of their operations is superseded, so that an old client loses nothing
/// that a newer one wrote.
public struct FieldKind: RawRepresentable, Hashable, Sendable, Comparable {
  /// The kind's number on the wire.
  public let rawValue: UInt32

  /// Names kind `rawValue`.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Keeps every concurrent value (a multi-value register).
  public static let register = FieldKind(rawValue: 1)
  /// Keeps every element whose addition no removal has seen (an add-wins observed-remove set).
  public static let set = FieldKind(rawValue: 2)
  /// A sequence of characters that merges character by character (`TextSequence`).
  public static let text = FieldKind(rawValue: 3)
  /// A place among other records (`Rank`); merges as a register does.
  public static let rank = FieldKind(rawValue: 4)
  /// Accepted by the server only from an author who had seen the value that stands.
  public static let arbitrated = FieldKind(rawValue: 5)

  /// Whether this version merges fields of this kind; others it keeps whole.
  public var isKnown: Bool { (1...5).contains(rawValue) }

  /// By number.
  public static func < (left: FieldKind, right: FieldKind) -> Bool { left.rawValue < right.rawValue }
}
