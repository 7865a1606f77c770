/// Names a change within its record: the actor, and the number of that actor's changes in this record.
public struct ChangeID: BitwiseCopyable, Hashable, Sendable, Comparable {
  /// Who made the change.
  public let actor: ActorID
  /// Counts this actor's changes in this record, from 1, without gaps.
  public let number: UInt64

  /// Names change `number` of `actor`.
  public init(actor: ActorID, number: UInt64) {
    self.actor = actor
    self.number = number
  }

  /// By actor, then number.
  public static func < (left: ChangeID, right: ChangeID) -> Bool {
    left.actor == right.actor ? left.number < right.number : left.actor < right.actor
  }
}
