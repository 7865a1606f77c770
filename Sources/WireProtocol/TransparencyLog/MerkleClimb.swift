/// The way from a node up to the root, on which both verifications of RFC 9162 go: its `fn` and `sn`.
struct MerkleClimb {
  private var node: UInt64
  private var last: UInt64

  /// Begins at a node.
  ///
  /// - Parameters:
  ///   - node: its place on its level.
  ///   - last: the place of the level's last one.
  init(node: UInt64, last: UInt64) {
    self.node = node
    self.last = last
  }

  /// Whether nothing stands beside or above.
  var isAtTop: Bool { last == 0 }

  /// Goes up while the node is a right child (§2.1.4.2 step 4): to the largest subtree that ends with it.
  mutating func skipRightChildren() { while node & 1 == 1 { goUp() } }

  /// Goes up to the parent (steps 4a to 4c of §2.1.3.2, 6a to 6c of §2.1.4.2).
  ///
  /// - Returns: whether the sibling is the left one; `nil` where there is no sibling any more.
  mutating func next() -> Bool? {
    guard !isAtTop else { return nil }
    let isLeft = node & 1 == 1 || node == last
    // The last node of a level may have no sibling there: it is the same one on the levels above until it
    // has.
    if isLeft { while node & 1 == 0, node != 0 { goUp() } }
    goUp()
    return isLeft
  }

  private mutating func goUp() {
    node >>= 1
    last >>= 1
  }
}
