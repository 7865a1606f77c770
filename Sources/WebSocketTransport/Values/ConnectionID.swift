/// Names one connection of one server. Never used again while the process lives, so that a late command
/// cannot hit a newer connection.
public struct ConnectionID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// A counter that starts at 1.
  public let rawValue: UInt64

  /// An identifier made from its number.
  public init(rawValue: UInt64) {
    self.rawValue = rawValue
  }

  /// In the order in which they were opened.
  public static func < (left: ConnectionID, right: ConnectionID) -> Bool { left.rawValue < right.rawValue }

  /// Such as `#12`: free of anything personal, so that it may stand in logs.
  public var description: String { "#\(rawValue)" }
}
