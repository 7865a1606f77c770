/// Shows that a leaf stands at its place in a tree whose root one knows.
public struct InclusionProof: Hashable, Sendable {
  /// The leaf's place, from 0.
  public let index: UInt64
  /// How many leaves the tree has.
  public let size: UInt64
  /// The hashes of the siblings on the way up, the lowest first.
  public let path: [Digest]

  /// Describes a proof.
  public init(index: UInt64, size: UInt64, path: [Digest]) {
    self.index = index
    self.size = size
    self.path = path
  }

  /// Takes a proof as a peer sent it.
  ///
  /// - Throws: `ProtocolError`: `LIMIT_EXCEEDED` when it is longer than any is, `MALFORMED` when a hash is
  ///   none.
  public init(index: UInt64, size: UInt64, received path: [some Collection<UInt8>]) throws {
    self.init(index: index, size: size, path: try MerklePath.read(path))
  }

  /// Whether the proof holds, for any numbers and any path (RFC 9162 §2.1.3.2; step numbers are its own).
  ///
  /// - Parameters:
  ///   - leaf: the leaf's hash (`MerkleTree.leafHash`).
  ///   - root: of the tree of `size` leaves.
  /// - Complexity: O(log n)
  public func isValid(leaf: Digest, root: Digest) -> Bool {
    guard index < size else { return false }  // 1
    var climb = MerkleClimb(node: index, last: size - 1)  // 2
    var hash = leaf  // 3
    for sibling in path {  // 4
      guard let isLeft = climb.next() else { return false }
      hash = isLeft ? MerkleTree.nodeHash(sibling, hash) : MerkleTree.nodeHash(hash, sibling)
    }
    return climb.isAtTop && hash == root  // 5
  }
}
