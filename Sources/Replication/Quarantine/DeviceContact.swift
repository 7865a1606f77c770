public import CRDT

/// What a device surely knew when it wrote what it has not pushed yet: the log up to a position.
///
/// When a device opens a session it says how many entries it has written and, by its cursor, what it has.
/// Once all those entries are judged, whatever it pushes later was written after that: so it knew at least
/// what the cursor covers. It is its own word, and a smaller one only makes more of its work wait.
public struct DeviceContact: Hashable, Sendable {
  /// The device's actor.
  public let actor: ActorID
  /// What it writes now, it wrote with knowledge of the log up to here.
  public private(set) var position: UInt64
  /// How many entries it had written when it opened its last session.
  public private(set) var entries: UInt64
  /// What its cursor covered then.
  public private(set) var covered: UInt64

  /// Describes what is known of a device.
  public init(actor: ActorID, position: UInt64, entries: UInt64, covered: UInt64) {
    self.actor = actor
    self.position = position
    self.entries = entries
    self.covered = covered
  }

  /// A device opens a session.
  ///
  /// - Parameters:
  ///   - judged: how many of its entries have verdicts.
  ///   - written: how many it has written.
  ///   - covered: up to where its cursor covers the log.
  mutating func open(judged: UInt64, written: UInt64, covered: UInt64) {
    if judged >= entries { position = max(position, self.covered) }
    entries = written
    self.covered = covered
  }
}
