/// The spans of a text in order, in the leaves of a B-tree whose inner nodes count the characters that are
/// shown.
///
/// Leaves and nodes never go: deleted characters keep their places. Leaf, node and character are numbers, so
/// that copies share what is alike page by page.
struct SpanTree: Sendable {
  /// What is known of a leaf beside its spans.
  struct Leaf: BitwiseCopyable, Sendable {
    /// How many spans it holds.
    var count = 0
    /// How many of its characters are shown.
    var visible = 0
    /// The node above.
    var node: UInt32
    /// The leaf after it; `SpanTree.none` at the end.
    var next: UInt32
    /// The leaf before it; `SpanTree.none` at the beginning.
    var previous: UInt32
  }

  /// A span, or a character within one.
  struct Place: BitwiseCopyable, Sendable {
    var leaf: Int
    var slot: Int
    var offset: UInt32 = 0
  }

  static let none = UInt32.max
  static let leafShift = 6
  static let leafCapacity = 1 << leafShift

  private(set) var leaves: [Leaf]
  private var spans: PagedArray<Span>
  /// The leaf of each character.
  private var leafOf: PagedArray<UInt32>
  private var counts: CountTree
  private var lastLeaf = 0

  /// Makes an empty tree.
  init() {
    spans = PagedArray(pageShift: Self.leafShift)
    leafOf = PagedArray(pageShift: 12)
    leaves = [Leaf(node: 0, next: Self.none, previous: Self.none)]
    counts = CountTree()
    _ = spans.appendPage()
  }

  /// How many characters are shown.
  var visible: Int { counts.total }
  /// How many characters have a leaf.
  var characterCount: Int { leafOf.count }

  /// The first span, if there is one.
  var first: Place? { leaves[0].count > 0 ? Place(leaf: 0, slot: 0) : nil }

  /// Where a span goes that comes after all others.
  var end: Place { Place(leaf: lastLeaf, slot: leaves[lastLeaf].count) }

  /// The span at a place.
  func span(at place: Place) -> Span { spans.page(place.leaf)[place.slot] }

  /// Changes the span at a place in what does not count: its flags other than `isDeleted`.
  mutating func update(_ place: Place, _ change: (inout Span) -> Void) {
    change(&spans.writablePage(place.leaf)[place.slot])
  }

  /// The span after the one at a place.
  func place(after place: Place) -> Place? {
    if place.slot + 1 < leaves[place.leaf].count { return Place(leaf: place.leaf, slot: place.slot + 1) }
    let next = leaves[place.leaf].next
    return next == Self.none ? nil : Place(leaf: Int(next), slot: 0)
  }

  /// The span before the one at a place.
  func place(before place: Place) -> Place? {
    if place.slot > 0 { return Place(leaf: place.leaf, slot: place.slot - 1) }
    let previous = leaves[place.leaf].previous
    if previous == Self.none { return nil }
    return Place(leaf: Int(previous), slot: leaves[Int(previous)].count - 1)
  }

  /// Where a character is.
  ///
  /// - Complexity: O(1): a leaf has at most `leafCapacity` spans.
  func place(of character: UInt32) -> Place {
    let leaf = Int(leafOf[Int(character)])
    let page = spans.page(leaf)
    for slot in 0..<leaves[leaf].count {
      let offset = character &- page[slot].start
      if offset < page[slot].length { return Place(leaf: leaf, slot: slot, offset: offset) }
    }
    preconditionFailure("a character is not in its leaf")
  }

  /// The place of the shown character at a position below `visible`.
  ///
  /// - Complexity: O(log n)
  func place(atVisible position: Int) -> Place {
    var (leaf, rest) = counts.leaf(atVisible: position)
    let page = spans.page(leaf)
    for slot in 0..<leaves[leaf].count {
      let visible = Int(page[slot].visible)
      if rest < visible { return Place(leaf: leaf, slot: slot, offset: UInt32(rest)) }
      rest -= visible
    }
    preconditionFailure("a leaf has fewer characters than its node counts")
  }

  /// Whether one place comes before another.
  ///
  /// - Complexity: O(log n)
  func isBefore(_ left: Place, _ right: Place) -> Bool {
    if left.leaf == right.leaf { return (left.slot, left.offset) < (right.slot, right.offset) }
    return counts.isBefore(
      (left.leaf, Int(leaves[left.leaf].node)), (right.leaf, Int(leaves[right.leaf].node)))
  }
}

extension SpanTree {
  /// Puts a span in at a place, before what is there or, at the end of a leaf, after it. Its characters are
  /// those that come next after all that have a leaf, or such as have one.
  ///
  /// - Complexity: O(log n + length of the span)
  @discardableResult mutating func insert(_ span: Span, at place: Place) -> Place {
    let place = makeRoom(at: place)
    shift(place)
    spans.writablePage(place.leaf)[place.slot] = span
    assign(span, to: place.leaf)
    count(Int(span.visible), in: place.leaf)
    return place
  }

  /// Makes the span at a place longer by characters that follow its last one.
  mutating func extend(_ place: Place, by length: UInt32) {
    let page = spans.writablePage(place.leaf)
    page[place.slot].length += length
    leafOf.append(repeating: UInt32(place.leaf), count: Int(length))
    if !page[place.slot].isDeleted { count(Int(length), in: place.leaf) }
  }

  /// Cuts the span at a place in two, and returns where the second part is.
  @discardableResult mutating func split(_ place: Place) -> Place {
    precondition(place.offset > 0)
    let rest = spans.writablePage(place.leaf)[place.slot].cut(at: place.offset)
    let isFull = leaves[place.leaf].count == Self.leafCapacity
    let right = makeRoom(at: Place(leaf: place.leaf, slot: place.slot + 1))
    shift(right)
    spans.writablePage(right.leaf)[right.slot] = rest
    // Room was made while the second part was nowhere.
    if isFull {
      assign(rest, to: right.leaf)
      recount(place.leaf)
      recount(right.leaf)
    }
    return right
  }

  /// Marks characters of one span as deleted, from the place on; returns how many were shown before.
  ///
  /// - Complexity: O(log n)
  @discardableResult mutating func delete(_ place: Place, count length: UInt32) -> UInt32 {
    let span = spans.page(place.leaf)[place.slot]
    if span.isDeleted { return 0 }
    if place.offset + length == span.length, place.offset > 0, giveToNext(place, length) { return length }
    if place.offset == 0, length < span.length, giveToPrevious(place, length) { return length }
    var place = place
    if place.offset > 0 { place = split(place) }
    if length < spans.page(place.leaf)[place.slot].length {
      let character = spans.page(place.leaf)[place.slot].start
      split(Place(leaf: place.leaf, slot: place.slot, offset: length))
      place = self.place(of: character)
    }
    spans.writablePage(place.leaf)[place.slot].isDeleted = true
    count(-Int(length), in: place.leaf)
    joinWithNext(place)
    if place.slot > 0 { joinWithNext(Place(leaf: place.leaf, slot: place.slot - 1)) }
    return length
  }

  /// Moves the last characters of a span over to a deleted one that goes on where it ends.
  private mutating func giveToNext(_ place: Place, _ length: UInt32) -> Bool {
    guard place.slot + 1 < leaves[place.leaf].count else { return false }
    let page = spans.writablePage(place.leaf)
    var span = page[place.slot]
    span.isDeleted = true
    guard span.isContinued(by: page[place.slot + 1]) else { return false }
    page[place.slot].length -= length
    page[place.slot + 1].start -= length
    page[place.slot + 1].parent -= length
    page[place.slot + 1].length += length
    count(-Int(length), in: place.leaf)
    return true
  }

  /// Moves the first characters of a span over to a deleted one that it goes on from.
  private mutating func giveToPrevious(_ place: Place, _ length: UInt32) -> Bool {
    guard place.slot > 0 else { return false }
    let page = spans.writablePage(place.leaf)
    var span = page[place.slot]
    span.isDeleted = true
    guard page[place.slot - 1].isContinued(by: span) else { return false }
    page[place.slot - 1].length += length
    page[place.slot].start += length
    page[place.slot].parent += length
    page[place.slot].length -= length
    count(-Int(length), in: place.leaf)
    return true
  }

  /// Makes one span of two of a leaf where the second goes on from the first.
  private mutating func joinWithNext(_ place: Place) {
    let count = leaves[place.leaf].count
    guard place.slot + 1 < count else { return }
    let page = spans.writablePage(place.leaf)
    let next = page[place.slot + 1]
    guard page[place.slot].isContinued(by: next) else { return }
    page[place.slot].length += next.length
    page[place.slot].hasRight = next.hasRight
    (page + place.slot + 1).update(from: page + place.slot + 2, count: count - place.slot - 2)
    leaves[place.leaf].count = count - 1
  }

  /// Moves the spans from a place on by one.
  private mutating func shift(_ place: Place) {
    let count = leaves[place.leaf].count
    let page = spans.writablePage(place.leaf)
    (page + place.slot + 1).update(from: page + place.slot, count: count - place.slot)
    leaves[place.leaf].count = count + 1
  }

  /// Makes room for characters whose spans come in another order than their numbers.
  mutating func reserve(_ characters: Int) { leafOf.append(repeating: 0, count: characters) }

  private mutating func assign(_ span: Span, to leaf: Int) {
    if Int(span.start) == leafOf.count {
      leafOf.append(repeating: UInt32(leaf), count: Int(span.length))
    } else {
      leafOf.fill(Int(span.start)..<Int(span.end), with: UInt32(leaf))
    }
  }

  /// Divides a leaf that is full. Where writing goes on at its end, it stays full and a new leaf begins.
  private mutating func makeRoom(at place: Place) -> Place {
    let full = Self.leafCapacity
    guard leaves[place.leaf].count == full else { return place }
    let right = spans.appendPage()
    let next = leaves[place.leaf].next
    leaves.append(Leaf(node: 0, next: next, previous: UInt32(place.leaf)))
    leaves[place.leaf].next = UInt32(right)
    if next == Self.none { lastLeaf = right } else { leaves[Int(next)].previous = UInt32(right) }
    counts.insertLeaf(right, after: place.leaf, in: &leaves)
    if place.slot == full { return Place(leaf: right, slot: 0) }
    let half = full / 2
    let page = spans.page(place.leaf)
    spans.writablePage(right).update(from: page + half, count: full - half)
    leaves[place.leaf].count = half
    leaves[right].count = full - half
    let moved = spans.page(right)
    for slot in 0..<full - half { assign(moved[slot], to: right) }
    recount(place.leaf)
    recount(right)
    return place.slot <= half
      ? place : Place(leaf: right, slot: place.slot - half, offset: place.offset)
  }

  /// Counts a leaf's shown characters anew.
  private mutating func recount(_ leaf: Int) {
    let page = spans.page(leaf)
    var visible = 0
    for slot in 0..<leaves[leaf].count { visible += Int(page[slot].visible) }
    count(visible - leaves[leaf].visible, in: leaf)
  }

  private mutating func count(_ difference: Int, in leaf: Int) {
    if difference == 0 { return }
    leaves[leaf].visible += difference
    counts.add(difference, toLeaf: leaf, under: Int(leaves[leaf].node))
  }
}
