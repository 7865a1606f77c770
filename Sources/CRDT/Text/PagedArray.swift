/// An array of plain values in pages. Copies of it share the pages, and one is copied when it is written
/// while another array shares it: so a copy costs little, and so does a change to it.
///
/// The first page begins small and grows: most texts are short, and a replica holds thousands.
struct PagedArray<Element: BitwiseCopyable & Sendable>: Sendable {
  /// The values of one page. Written only by the array that alone refers to it.
  private final class Page: @unchecked Sendable {
    let elements: UnsafeMutablePointer<Element>
    let capacity: Int

    init(capacity: Int) {
      self.capacity = capacity
      elements = .allocate(capacity: capacity)
    }

    /// A page that begins with the same values.
    init(_ other: Page, capacity: Int) {
      self.capacity = capacity
      elements = .allocate(capacity: capacity)
      elements.update(from: other.elements, count: min(capacity, other.capacity))
    }

    deinit { elements.deallocate() }
  }

  /// How many values have been appended. Of pages that were added whole, the caller knows how far they are
  /// filled.
  private(set) var count = 0
  private var pages: [Page] = []
  private let shift: Int

  /// Makes an empty array with pages of 2^`shift` values.
  init(pageShift shift: Int) { self.shift = shift }

  /// How many values a page holds, once it does not grow any more.
  var pageCapacity: Int { 1 << shift }
  var pageCount: Int { pages.count }

  /// The value at a place below `count`.
  ///
  /// - Complexity: O(1)
  subscript(index: Int) -> Element { pages[index >> shift].elements[index & (1 << shift - 1)] }

  /// The values of a page, to be read while the array is not changed.
  func page(_ index: Int) -> UnsafePointer<Element> { UnsafePointer(pages[index].elements) }

  /// The values of a page, to be written before the array is copied or changed in another way.
  ///
  /// - Complexity: O(1), or O(`pageCapacity`) when the page is shared.
  mutating func writablePage(_ index: Int) -> UnsafeMutablePointer<Element> {
    if !isKnownUniquelyReferenced(&pages[index]) {
      pages[index] = Page(pages[index], capacity: pages[index].capacity)
    }
    return pages[index].elements
  }

  /// Adds a page whose values the caller keeps count of, and returns its number.
  mutating func appendPage() -> Int {
    pages.append(Page(capacity: pageCapacity))
    return pages.count - 1
  }

  /// Where the next values go: up to `wanted` of them, fewer at the end of a page. They count once they are
  /// kept.
  mutating func room(upTo wanted: Int) -> UnsafeMutableBufferPointer<Element> {
    let (page, offset) = (count >> shift, count & (1 << shift - 1))
    if page == pages.count {
      let isFirst = pages.isEmpty
      pages.append(
        Page(capacity: isFirst ? min(pageCapacity, max(Self.startCapacity, wanted)) : pageCapacity))
    } else if offset == pages[page].capacity {
      pages[page] = Page(pages[page], capacity: min(pageCapacity, 4 * offset))
    }
    return UnsafeMutableBufferPointer(
      start: writablePage(page) + offset, count: min(wanted, pages[page].capacity - offset))
  }

  /// How many values the first page holds at first.
  private static var startCapacity: Int { 16 }

  /// Counts values that were written where there was room.
  mutating func keep(_ added: Int) { count += added }

  /// Adds a value at the end.
  mutating func append(_ value: Element) {
    room(upTo: 1)[0] = value
    keep(1)
  }

  /// Adds a value `added` times.
  ///
  /// - Complexity: O(`added`)
  mutating func append(repeating value: Element, count added: Int) {
    var left = added
    while left > 0 {
      let room = room(upTo: left)
      room.update(repeating: value)
      keep(room.count)
      left -= room.count
    }
  }

  /// Writes the value at a place below `count`.
  mutating func set(_ index: Int, to value: Element) {
    writablePage(index >> shift)[index & (1 << shift - 1)] = value
  }

  /// Writes what a sequence gives to the places of a range within `count`.
  ///
  /// - Returns: whether it gave as many.
  /// - Complexity: O(length of the range)
  mutating func fill(_ range: Range<Int>, from next: () -> Element?) -> Bool {
    var index = range.lowerBound
    while index < range.upperBound {
      let offset = index & (1 << shift - 1)
      let here = min(range.upperBound - index, pageCapacity - offset)
      let page = writablePage(index >> shift) + offset
      for place in 0..<here {
        guard let value = next() else { return false }
        page[place] = value
      }
      index += here
    }
    return true
  }

  /// Writes one value to all places of a range within `count`.
  ///
  /// - Complexity: O(length of the range)
  mutating func fill(_ range: Range<Int>, with value: Element) {
    var index = range.lowerBound
    while index < range.upperBound {
      let offset = index & (1 << shift - 1)
      let here = min(range.upperBound - index, pageCapacity - offset)
      (writablePage(index >> shift) + offset).update(repeating: value, count: here)
      index += here
    }
  }
}
