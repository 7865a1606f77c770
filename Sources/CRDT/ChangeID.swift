/// Names a change within its record: the actor, and the number of that actor's changes in this record.
public struct ChangeID: Hashable, Sendable, Comparable {
  /// Who made the change.
  public let actor: ActorID
  /// Counts this actor's changes in this record, from 1, without gaps.
  public let number: UInt64

  /// Names change `number` of `actor`.
  public init(actor: ActorID, number: UInt64) {
    self.actor = actor
    self.number = number
  }

  public static func < (left: ChangeID, right: ChangeID) -> Bool {
    left.actor == right.actor ? left.number < right.number : left.actor < right.actor
  }
}

/// Names one operation: the change that it is part of, and its place therein (Almeida et al., "Dotted version
/// vectors", 2012).
public struct Dot: Hashable, Sendable, Comparable {
  /// The change that holds the operation.
  public let change: ChangeID
  /// The operation's place in its change, from 0.
  public let index: UInt32

  /// Names operation `index` of `change`.
  public init(change: ChangeID, index: UInt32) {
    self.change = change
    self.index = index
  }

  public static func < (left: Dot, right: Dot) -> Bool {
    left.change == right.change ? left.index < right.index : left.change < right.change
  }
}
