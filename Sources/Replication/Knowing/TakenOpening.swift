public import WireProtocol

/// A row of what was opened that the server has taken in, and that its device has not found in the log yet.
public struct TakenOpening: Hashable, Sendable {
  /// The digest of its event's part.
  public let event: Digest
  /// When the server said so, by the server's clock as the device knew it, in milliseconds since 1970.
  public let takenAt: Int64

  /// Describes a row.
  public init(event: Digest, takenAt: Int64) {
    self.event = event
    self.takenAt = takenAt
  }
}
