public import CRDT
public import WireProtocol

/// Where the log has other changes under an actor's numbers than a device: what lies on such a branch, and
/// what names something on it, means other changes than the same numbers mean in the log.
public struct Branches: Hashable, Sendable {
  /// By record and actor the last change that both have; 0 for none.
  public private(set) var shared: [Identifier: [ActorID: UInt64]] = [:]

  /// No branch is known.
  public init() {}

  /// Whether a change lies on a branch or names something on one.
  public func concern(_ change: ChangeHeader) -> Bool {
    guard let actors = shared[change.record] else { return false }
    return actors.contains { actor, number in
      change.version[actor] > number || change.id.actor == actor && change.id.number > number
    }
  }

  /// What a change's author is taken to have seen, at most, of the actors whose branches it names.
  func caps(of change: ChangeHeader) -> [ActorID: UInt64] {
    shared[change.record, default: [:]].filter { change.version[$0.key] > $0.value }
  }

  /// Notes that a change lies on a branch.
  ///
  /// - Parameter last: the actor's last change before it that both have.
  public mutating func note(_ change: ChangeHeader, after last: UInt64) {
    note(change.id.actor, in: change.record, after: last)
  }

  /// Notes that an actor's changes in a record lie on a branch.
  ///
  /// - Parameter last: its last change that both have.
  public mutating func note(_ actor: ActorID, in record: Identifier, after last: UInt64) {
    let known = shared[record]?[actor] ?? last
    shared[record, default: [:]][actor] = min(known, last)
  }
}
