public import WireProtocol

/// A delivery as a client received it.
public struct ReceivedDelivery: Hashable, Sendable {
  /// A record that enters, or enters anew.
  public struct Enter: Hashable, Sendable {
    /// Counts the times that the record entered; an older one than is known is ignored.
    public let generation: UInt64
    /// The record.
    public let snapshot: RecordSnapshot

    /// Describes an enter.
    public init(generation: UInt64, snapshot: RecordSnapshot) {
      self.generation = generation
      self.snapshot = snapshot
    }
  }

  /// The delivery's number.
  public let number: UInt64
  /// Records that enter.
  public let enters: [Enter]
  /// Changes, in the server's order.
  public let changes: [DeliveredChange]
  /// Where to go on next time, when nothing before is missing.
  public let cursor: [UInt8]?
  /// Whether nothing more was waiting.
  public let caughtUp: Bool

  /// Describes a delivery.
  public init(
    number: UInt64, enters: [Enter], changes: [DeliveredChange], cursor: [UInt8]?, caughtUp: Bool
  ) {
    self.number = number
    self.enters = enters
    self.changes = changes
    self.cursor = cursor
    self.caughtUp = caughtUp
  }
}
