/// A run of characters that follow each other in the text and in their ids, each on the right of the one
/// before in the tree: all are shown, or all are deleted.
///
/// Characters go by the number that this replica gave them when they came (`CharacterIndex`).
struct Span: BitwiseCopyable, Sendable {
  /// The number of the first character.
  var start: UInt32
  /// The number of the first character's parent in the tree; `Span.root` for the root.
  var parent: UInt32
  private var bits: UInt32

  /// Stands for the root of the tree, before all characters.
  static let root = UInt32.max

  init(start: UInt32, length: UInt32, parent: UInt32, isLeft: Bool) {
    self.start = start
    self.parent = parent
    bits = length << Self.flagBits | (isLeft ? Self.leftBit : 0)
  }

  private static let flagBits: UInt32 = 5
  private static let deletedBit: UInt32 = 1
  private static let leftBit: UInt32 = 2
  private static let hasLeftBit: UInt32 = 4
  private static let hasRightBit: UInt32 = 8
  private static let hasEarlierBit: UInt32 = 16

  /// How many characters there are.
  var length: UInt32 {
    get { bits >> Self.flagBits }
    set { bits = newValue << Self.flagBits | bits & (1 << Self.flagBits - 1) }
  }
  /// The number after that of the last character.
  var end: UInt32 { start &+ length }
  /// How many characters are shown.
  var visible: UInt32 { isDeleted ? 0 : length }

  /// Whether the characters are deleted.
  var isDeleted: Bool {
    get { bits & Self.deletedBit != 0 }
    set { set(Self.deletedBit, newValue) }
  }
  /// Whether the first character is a left child of its parent.
  var isLeft: Bool {
    get { bits & Self.leftBit != 0 }
    set { set(Self.leftBit, newValue) }
  }
  /// Whether the first character has left children. No other can have any: a span ends before it.
  var hasLeft: Bool {
    get { bits & Self.hasLeftBit != 0 }
    set { set(Self.hasLeftBit, newValue) }
  }
  /// Whether the last character has right children; all others have the one after them.
  var hasRight: Bool {
    get { bits & Self.hasRightBit != 0 }
    set { set(Self.hasRightBit, newValue) }
  }
  /// Whether the first character, a left child, has siblings before it.
  var hasEarlier: Bool {
    get { bits & Self.hasEarlierBit != 0 }
    set { set(Self.hasEarlierBit, newValue) }
  }

  private mutating func set(_ bit: UInt32, _ value: Bool) { bits = value ? bits | bit : bits & ~bit }

  /// Whether `next`, which stands directly after, goes on where this span ends, so that one span could hold
  /// both.
  func isContinued(by next: Span) -> Bool {
    next.start == end && next.parent == end &- 1 && !next.isLeft && !next.hasLeft
      && next.isDeleted == isDeleted
  }

  /// Cuts off what begins `offset` characters after the start, and returns it.
  mutating func cut(at offset: UInt32) -> Span {
    var rest = Span(start: start + offset, length: length - offset, parent: start + offset - 1, isLeft: false)
    rest.isDeleted = isDeleted
    rest.hasRight = hasRight
    length = offset
    hasRight = true
    return rest
  }
}
