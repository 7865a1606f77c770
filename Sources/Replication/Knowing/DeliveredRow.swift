public import WireProtocol

/// A row for the log of what was delivered, before the store gives it its salts and its place
/// (`Protocol/knowing.md`).
public struct DeliveredRow: Hashable, Sendable {
  /// By the server's clock, in milliseconds since 1970.
  public let recordedAt: Int64
  /// Who is about to know.
  public let agent: LogAgent
  /// What, and by which rule.
  public let event: DeliveredEvent

  /// Describes a row.
  public init(recordedAt: Int64, agent: LogAgent, event: DeliveredEvent) {
    self.recordedAt = recordedAt
    self.agent = agent
    self.event = event
  }

  /// The rule of an exit that follows from the end of a device's access, and of nothing that policy says of
  /// the record.
  static let accessEnded = "access-ended"
}
