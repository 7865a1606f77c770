public import CRDT

/// How far an attachment's bytes have come.
public struct AttachmentProgress: Hashable, Sendable {
  /// Which way they go.
  public enum Direction: String, Hashable, Sendable {
    /// To the server.
    case sending
    /// From the server.
    case fetching
  }

  /// The attachment record.
  public let record: Identifier
  /// Which way they go.
  public let direction: Direction
  /// How many have arrived.
  public let bytes: UInt64
  /// How many there are.
  public let size: UInt64
}
