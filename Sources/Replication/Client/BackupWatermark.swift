/// The server's order to let go of what its two newest verified backups contain.
public struct BackupWatermark: Hashable, Sendable {
  /// Orders to an actor are numbered; one that is not newer than the last is passed over.
  public let number: UInt64
  /// They contain the actor's journal up to this entry.
  public let entries: UInt64
  /// Whether they contain all that the device had received when this session began.
  public let coversReceived: Bool

  /// Describes an order.
  public init(number: UInt64, entries: UInt64, coversReceived: Bool) {
    self.number = number
    self.entries = entries
    self.coversReceived = coversReceived
  }
}
