/// Names one operation: the change that it is part of, and its place therein (Almeida et al., "Dotted version
/// vectors", 2012).
public struct Dot: BitwiseCopyable, Hashable, Sendable, Comparable {
  /// The change that holds the operation.
  public let change: ChangeID
  /// The operation's place in its change, from 0.
  public let index: UInt32

  /// Names operation `index` of `change`.
  public init(change: ChangeID, index: UInt32) {
    self.change = change
    self.index = index
  }

  /// By change, then index.
  public static func < (left: Dot, right: Dot) -> Bool {
    left.change == right.change ? left.index < right.index : left.change < right.change
  }
}
