/// The inner nodes of a B-tree over leaves that are numbers: how many shown characters each child has.
struct CountTree: Sendable {
  private struct Node: BitwiseCopyable, Sendable {
    var parent: UInt32
    var count: Int
    /// 0 where the children are leaves.
    let level: Int
  }

  private static let fanOut = 32
  private static let none = UInt32.max

  private var nodes: [Node]
  /// `fanOut` places a node.
  private var children: [UInt32]
  private var sums: [Int]
  private var root = 0
  /// How many characters are shown.
  private(set) var total = 0

  /// Makes a tree over leaf 0, which is empty.
  init() {
    nodes = [Node(parent: Self.none, count: 1, level: 0)]
    children = Array(repeating: 0, count: Self.fanOut)
    sums = Array(repeating: 0, count: Self.fanOut)
  }

  /// The leaf that holds the shown character at a position below `total`, and the position within the leaf.
  ///
  /// - Complexity: O(log n)
  func leaf(atVisible position: Int) -> (leaf: Int, rest: Int) {
    precondition(position >= 0 && position < total)
    var rest = position
    var node = root
    while true {
      var place = node * Self.fanOut
      while rest >= sums[place] {
        rest -= sums[place]
        place += 1
      }
      let child = Int(children[place])
      if nodes[node].level == 0 { return (child, rest) }
      node = child
    }
  }

  /// Adds to the count of a leaf and of all that is above it.
  ///
  /// - Complexity: O(log n)
  mutating func add(_ difference: Int, toLeaf leaf: Int, under node: Int) {
    total += difference
    var child = leaf
    var node = node
    while true {
      sums[place(of: child, in: node)] += difference
      guard nodes[node].parent != Self.none else { return }
      child = node
      node = Int(nodes[node].parent)
    }
  }

  /// Whether one of two leaves, each given with the node above it, comes before the other.
  func isBefore(_ left: (leaf: Int, node: Int), _ right: (leaf: Int, node: Int)) -> Bool {
    var (left, right) = (left, right)
    while left.node != right.node {
      left = (left.node, Int(nodes[left.node].parent))
      right = (right.node, Int(nodes[right.node].parent))
    }
    return place(of: left.leaf, in: left.node) < place(of: right.leaf, in: right.node)
  }

  /// Adds an empty leaf after another one.
  ///
  /// - Complexity: O(log n)
  mutating func insertLeaf(_ leaf: Int, after previous: Int, in leaves: inout [SpanTree.Leaf]) {
    insert(UInt32(leaf), sum: 0, after: previous, in: Int(leaves[previous].node), &leaves)
  }

  private func place(of child: Int, in node: Int) -> Int {
    var place = node * Self.fanOut
    while children[place] != UInt32(truncatingIfNeeded: child) { place += 1 }
    return place
  }

  private mutating func insert(
    _ child: UInt32, sum: Int, after previous: Int, in given: Int, _ leaves: inout [SpanTree.Leaf]
  ) {
    var node = given
    if nodes[node].count == Self.fanOut {
      divide(node, &leaves)
      node = nodes[node].level == 0 ? Int(leaves[previous].node) : Int(nodes[previous].parent)
    }
    let end = node * Self.fanOut + nodes[node].count
    let place = self.place(of: previous, in: node) + 1
    var index = end
    while index > place {
      children[index] = children[index - 1]
      sums[index] = sums[index - 1]
      index -= 1
    }
    children[place] = child
    sums[place] = sum
    nodes[node].count += 1
    setParent(of: child, to: node, &leaves)
  }

  /// Moves the second half of a full node into a new one.
  private mutating func divide(_ node: Int, _ leaves: inout [SpanTree.Leaf]) {
    if nodes[node].parent == Self.none { addRoot() }
    let half = Self.fanOut / 2
    let new = addNode(level: nodes[node].level)
    var sum = 0
    for offset in 0..<half {
      let (from, to) = (node * Self.fanOut + half + offset, new * Self.fanOut + offset)
      children[to] = children[from]
      sums[to] = sums[from]
      sum += sums[from]
      setParent(of: children[from], to: new, &leaves)
    }
    nodes[node].count = half
    nodes[new].count = half
    let parent = Int(nodes[node].parent)
    sums[place(of: node, in: parent)] -= sum
    insert(UInt32(new), sum: sum, after: node, in: parent, &leaves)
  }

  private mutating func addRoot() {
    let old = root
    root = addNode(level: nodes[old].level + 1)
    nodes[root].count = 1
    nodes[old].parent = UInt32(root)
    children[root * Self.fanOut] = UInt32(old)
    sums[root * Self.fanOut] = total
  }

  private mutating func addNode(level: Int) -> Int {
    nodes.append(Node(parent: Self.none, count: 0, level: level))
    children.append(contentsOf: repeatElement(0, count: Self.fanOut))
    sums.append(contentsOf: repeatElement(0, count: Self.fanOut))
    return nodes.count - 1
  }

  private mutating func setParent(of child: UInt32, to node: Int, _ leaves: inout [SpanTree.Leaf]) {
    // The children of a new root are nodes, as are those of every node above the lowest.
    if nodes[node].level == 0 {
      leaves[Int(child)].node = UInt32(node)
    } else {
      nodes[Int(child)].parent = UInt32(node)
    }
  }
}
