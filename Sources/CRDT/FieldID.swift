/// Names a field within records of one kind. Numbers are given once and never reused, as in Protocol Buffers.
public struct FieldID: RawRepresentable, Hashable, Sendable, Comparable {
  /// The field's number, at least 1.
  public let rawValue: UInt32

  /// Names field `rawValue`.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// By number.
  public static func < (left: FieldID, right: FieldID) -> Bool { left.rawValue < right.rawValue }
}
