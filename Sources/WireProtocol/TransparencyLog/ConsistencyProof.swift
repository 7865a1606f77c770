/// Shows that a tree begins with all the leaves of an earlier one, in their order: that it was appended to,
/// and nothing else.
public struct ConsistencyProof: Hashable, Sendable {
  /// How many leaves the earlier tree has.
  public let first: UInt64
  /// How many the later one has.
  public let second: UInt64
  /// The hashes from which both roots follow, the lowest first.
  public let path: [Digest]

  /// Describes a proof.
  public init(first: UInt64, second: UInt64, path: [Digest]) {
    self.first = first
    self.second = second
    self.path = path
  }

  /// Takes a proof as a peer sent it.
  ///
  /// - Throws: `ProtocolError`: `LIMIT_EXCEEDED` when it is longer than any is, `MALFORMED` when a hash is
  ///   none.
  public init(first: UInt64, second: UInt64, received path: [some Collection<UInt8>]) throws {
    self.init(first: first, second: second, path: try MerklePath.read(path))
  }

  /// Whether the proof holds, for any numbers and any path (RFC 9162 §2.1.4.2; step numbers are its own).
  ///
  /// What the RFC leaves out is fixed here: from nothing, and from a size to itself, the path is empty; an
  /// empty tree has the empty root, and one size has one root.
  ///
  /// - Parameters:
  ///   - firstRoot: of the tree of `first` leaves.
  ///   - secondRoot: of the tree of `second` leaves.
  /// - Complexity: O(log n)
  public func isValid(from firstRoot: Digest, to secondRoot: Digest) -> Bool {
    guard first <= second else { return false }
    if second == 0, secondRoot != MerkleTree.emptyRoot { return false }
    if first == 0 { return path.isEmpty && firstRoot == MerkleTree.emptyRoot }
    if first == second { return path.isEmpty && firstRoot == secondRoot }
    guard !path.isEmpty else { return false }  // 1
    let isWhole = first & (first - 1) == 0
    let hashes = isWhole ? [firstRoot] + path : path  // 2
    var climb = MerkleClimb(node: first - 1, last: second - 1)  // 3
    climb.skipRightChildren()  // 4
    var (older, newer) = (hashes[0], hashes[0])  // 5
    for hash in hashes.dropFirst() {  // 6
      guard let isLeft = climb.next() else { return false }
      if isLeft { older = MerkleTree.nodeHash(hash, older) }
      newer = isLeft ? MerkleTree.nodeHash(hash, newer) : MerkleTree.nodeHash(newer, hash)
    }
    return climb.isAtTop && older == firstRoot && newer == secondRoot  // 7
  }
}
