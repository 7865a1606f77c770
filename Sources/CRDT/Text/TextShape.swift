/// The tree of characters behind a list of spans.
enum TextShape {
  /// Notes on each span which children it has, and says whether the spans, read from left to right, are the
  /// tree that their parents tell of: every character hangs on the root, and siblings are in order.
  ///
  /// - Complexity: O(n log n)
  static func mark(_ spans: inout [Span], _ index: CharacterIndex) -> Bool {
    guard let children = children(of: &spans, index) else { return false }
    var next = 0
    // What is still to be read, last first: the left children of a span, the span, its right children.
    var rest: [(span: Int, isOpen: Bool)] = children.roots.reversed().map { ($0, false) }
    while let (span, isOpen) = rest.popLast() {
      guard !isOpen else {
        guard span == next else { return false }
        next += 1
        continue
      }
      let range = children.ranges[span]
      let own = children.sorted[range]
      rest.append(contentsOf: own.filter { !spans[$0].isLeft }.reversed().map { ($0, false) })
      rest.append((span, true))
      rest.append(contentsOf: own.filter { spans[$0].isLeft }.reversed().map { ($0, false) })
    }
    return next == spans.count
  }

  private struct Children {
    /// The children of the root, in order.
    var roots: [Int] = []
    /// All others, by the span on which they hang and then in the order in which they are read.
    var sorted: [Int] = []
    var ranges: [Range<Int>]
  }

  private struct Link {
    let span: Int
    let parent: Int
    /// Left children first; then right children, those of later characters before those of earlier ones.
    let order: UInt64
    let dot: Dot
  }

  private static func children(of spans: inout [Span], _ index: CharacterIndex) -> Children? {
    let byStart = spans.indices.sorted { spans[$0].start < spans[$1].start }
    var links: [Link] = []
    links.reserveCapacity(spans.count)
    var result = Children(ranges: Array(repeating: 0..<0, count: spans.count))
    for span in spans.indices {
      guard spans[span].parent != Span.root else {
        result.roots.append(span)
        continue
      }
      let parent = byStart[byStart.place(of: spans[span].parent, in: spans)]
      let offset = spans[span].parent - spans[parent].start
      guard let order = mark(&spans, parent, offset, child: span, index) else { return nil }
      links.append(Link(span: span, parent: parent, order: order, dot: index.dot(of: spans[span].start)))
    }
    result.roots.sort { index.dot(of: spans[$0].start) < index.dot(of: spans[$1].start) }
    links.sort { ($0.parent, $0.order, $0.dot) < ($1.parent, $1.order, $1.dot) }
    var first = 0
    while first < links.count {
      var end = first
      while end < links.count, links[end].parent == links[first].parent {
        if end > first, links[end].order == 0, links[end - 1].order == 0 {
          spans[links[end].span].hasEarlier = true
        }
        end += 1
      }
      result.ranges[links[first].parent] = first..<end
      first = end
    }
    result.sorted = links.map(\.span)
    return result
  }

  /// Notes that a span has a child, and returns where it is read among the span's children; `nil` when it
  /// would stand within the span.
  private static func mark(
    _ spans: inout [Span], _ parent: Int, _ offset: UInt32, child: Int, _ index: CharacterIndex
  ) -> UInt64? {
    if spans[child].isLeft {
      spans[parent].hasLeft = true
      return offset == 0 ? 0 : nil
    }
    let last = spans[parent].length - 1
    if offset == last {
      spans[parent].hasRight = true
    } else if index.dot(of: spans[child].start) < index.dot(of: spans[parent].start + offset + 1) {
      return nil
    }
    return UInt64(last - offset) + 1
  }
}

extension [Int] {
  /// The place, among spans in order of their characters' numbers, of the one that holds a character.
  fileprivate func place(of character: UInt32, in spans: [Span]) -> Int {
    var low = 0
    var high = count
    while high - low > 1 {
      let middle = (low + high) / 2
      if spans[self[middle]].start <= character { low = middle } else { high = middle }
    }
    return low
  }
}
