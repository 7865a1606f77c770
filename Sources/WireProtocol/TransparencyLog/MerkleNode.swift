/// A complete subtree of a Merkle tree: 2^`level` leaves, of which the first is `index` · 2^`level`. Its hash
/// never changes however much is appended, so a store writes it once and a cache may keep it for ever.
public struct MerkleNode: Hashable, Sendable {
  /// 0 for a leaf; at most 63.
  public let level: UInt8
  /// How many subtrees of this level stand to the left.
  public let index: UInt64

  /// Names a subtree.
  public init(level: UInt8, index: UInt64) {
    self.level = level
    self.index = index
  }

  /// The complete subtrees that make up a range of leaves, from left to right, each smaller than the one
  /// before.
  ///
  /// - Parameter range: a subtree of RFC 9162 §2.1.1: its first leaf is a multiple of a power of two that is
  ///   not below its count.
  /// - Complexity: O(log n)
  static func covering(_ range: Range<UInt64>) -> [MerkleNode] {
    var nodes: [MerkleNode] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let level = UInt64(63 - (range.upperBound - start).leadingZeroBitCount)
      nodes.append(MerkleNode(level: UInt8(level), index: start >> level))
      start += 1 << level
    }
    return nodes
  }
}
