public import WireProtocol

/// A row for the log of what was opened, before the store gives it its place.
public struct OpenedRow: Hashable, Sendable {
  /// When the server took it in, by its clock, in milliseconds since 1970.
  public let recordedAt: Int64
  /// Whose device says so.
  public let agent: LogAgent
  /// What it says.
  public let opening: Opening

  /// Describes a row.
  public init(recordedAt: Int64, agent: LogAgent, opening: Opening) {
    self.recordedAt = recordedAt
    self.agent = agent
    self.opening = opening
  }
}
