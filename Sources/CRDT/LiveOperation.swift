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

  /// Whether `other` is shown before this one: later first, then by actor, number and index, so that every replica
  /// shows the same.
  func isShown(before other: LiveOperation) -> Bool {
    if context.shownAt != other.context.shownAt { return context.shownAt > other.context.shownAt }
    return dot > other.dot
  }
}
