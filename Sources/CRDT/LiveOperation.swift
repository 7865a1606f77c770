/// An operation that still has effect: nothing accepted has superseded it.
public struct LiveOperation: Hashable, Sendable {
  /// The operation's place in its change.
  public let index: UInt32
  /// The value written or the element added; for an operation of unknown kind its encoding.
  public let value: Value
  /// The change that it is part of.
  public let context: ChangeContext

  /// Makes a live operation.
  public init(index: UInt32, value: Value, context: ChangeContext) {
    self.index = index
    self.value = value
    self.context = context
  }

  /// Names the operation.
  public var dot: Dot { Dot(change: context.id, index: index) }

  /// Whether `other` is shown before this one: later first, then by actor, number and index, so that every
  /// replica shows the same.
  func isShown(before other: LiveOperation) -> Bool {
    if context.shownAt != other.context.shownAt { return context.shownAt > other.context.shownAt }
    return dot > other.dot
  }

  /// Whether operation `index` of the change that `later` is about comes after this one: later in the same
  /// change, or in a change whose author had seen this one.
  func isSuperseded(by later: ChangeContext, at index: UInt32) -> Bool {
    later.id == context.id ? self.index < index : later.hasSeen(context)
  }
}

extension [LiveOperation] {
  /// Removes the additions of an element that the operation supersedes. Most often there are none or one, so
  /// the list is searched in place before anything moves.
  mutating func removeAdditions(of element: Value, supersededBy later: ChangeContext, at index: UInt32) {
    var place = startIndex
    while place < endIndex {
      if self[place].value == element, self[place].isSuperseded(by: later, at: index) {
        remove(at: place)
      } else {
        place += 1
      }
    }
  }

  /// Puts a live operation at its place in the order of dots.
  mutating func insertInOrder(_ live: LiveOperation) {
    var place = endIndex
    while place > startIndex, self[place - 1].dot > live.dot { place -= 1 }
    insert(live, at: place)
  }
}
