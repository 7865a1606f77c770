/// Names a connection to the server in its machine. The shell gives each a number of its own, and none twice.
public struct ConnectionNumber: Hashable, Comparable, Sendable {
  /// In the order in which they were opened.
  public let rawValue: UInt64

  /// A connection by its number.
  public init(rawValue: UInt64) { self.rawValue = rawValue }

  /// In the order in which they were opened.
  public static func < (left: ConnectionNumber, right: ConnectionNumber) -> Bool {
    left.rawValue < right.rawValue
  }
}
