/// Where the hashes of complete subtrees are kept, for proofs to be made from.
///
/// A store of rows needs one table `(level, position, hash)` a log, with `(level, position)` as its key and
/// without a row number (SQLite: `PRIMARY KEY (level, position)`, `WITHOUT ROWID`). It writes what
/// `MerkleFrontier.append` returns, in the transaction that appends the row: two hashes a row on average. A
/// proof is one call here, with at most 2 · log2(size) nodes to look up by key. Files of tiles serve as well.
public protocol MerkleHashSource {
  /// How many leaves the tree has.
  var size: UInt64 { get throws }

  /// The hashes of nodes, in the order asked for.
  ///
  /// - Throws: what the store throws; a node that it lacks is an error of its own.
  func hashes(of nodes: [MerkleNode]) throws -> [Digest]
}

extension MerkleHashSource {
  /// The root over the first `size` leaves.
  ///
  /// - Throws: `MerkleTreeError`, or what the store throws.
  /// - Complexity: O(log n) reads, in one call
  public func root(size: UInt64) throws -> Digest {
    try frontier(size: size).root
  }

  /// The frontier of the tree's first `size` leaves, from which appending goes on.
  ///
  /// - Throws: `MerkleTreeError`, or what the store throws.
  /// - Complexity: O(log n) reads, in one call
  public func frontier(size: UInt64) throws -> MerkleFrontier {
    guard size <= (try self.size) else { throw MerkleTreeError.outOfRange }
    return MerkleFrontier(size: size, peaks: try checkedHashes(of: MerkleNode.covering(0..<size)))
  }

  /// Proves that a leaf stands in the tree of a size (RFC 9162 §2.1.3.1).
  ///
  /// - Throws: `MerkleTreeError`, or what the store throws.
  /// - Complexity: O(log n) reads, in one call
  public func inclusionProof(ofLeaf index: UInt64, size: UInt64) throws -> InclusionProof {
    guard index < size, size <= (try self.size) else { throw MerkleTreeError.outOfRange }
    var rest = 0..<size
    var siblings: [Range<UInt64>] = []
    while rest.upperBound - rest.lowerBound > 1 {
      let middle = rest.lowerBound + MerkleTree.split(rest.upperBound - rest.lowerBound)
      let (left, right) = (rest.lowerBound..<middle, middle..<rest.upperBound)
      siblings.append(index < middle ? right : left)
      rest = index < middle ? left : right
    }
    return InclusionProof(index: index, size: size, path: try hashes(ofRanges: siblings.reversed()))
  }

  /// Proves that the tree of a size begins with all of the tree of an earlier size (RFC 9162 §2.1.4.1). The
  /// proof is empty from nothing, and from a size to itself.
  ///
  /// - Throws: `MerkleTreeError`, or what the store throws.
  /// - Complexity: O(log n) reads, in one call
  public func consistencyProof(from first: UInt64, to second: UInt64) throws -> ConsistencyProof {
    guard first <= second, second <= (try self.size) else { throw MerkleTreeError.outOfRange }
    var rest = 0..<second
    var parts: [Range<UInt64>] = []
    // The verifier knows the older root already, so it is not sent where it is a whole subtree of the newer.
    var isOlderRoot = true
    while first > 0, first != rest.upperBound {
      let middle = rest.lowerBound + MerkleTree.split(rest.upperBound - rest.lowerBound)
      let (left, right) = (rest.lowerBound..<middle, middle..<rest.upperBound)
      if first > middle { isOlderRoot = false }
      parts.append(first > middle ? left : right)
      rest = first > middle ? right : left
    }
    if !isOlderRoot { parts.append(rest) }
    return ConsistencyProof(first: first, second: second, path: try hashes(ofRanges: parts.reversed()))
  }

  /// The hashes of subtrees, complete or not.
  private func hashes(ofRanges ranges: [Range<UInt64>]) throws -> [Digest] {
    let nodes = ranges.map(MerkleNode.covering)
    var found = try checkedHashes(of: Array(nodes.joined()))[...]
    return nodes.map { nodes in
      defer { found = found.dropFirst(nodes.count) }
      return MerkleFrontier.root(ofPeaks: found.prefix(nodes.count))
    }
  }

  private func checkedHashes(of nodes: [MerkleNode]) throws -> [Digest] {
    guard !nodes.isEmpty else { return [] }
    let found = try hashes(of: nodes)
    guard found.count == nodes.count else { throw MerkleTreeError.storeIncomplete }
    return found
  }
}
