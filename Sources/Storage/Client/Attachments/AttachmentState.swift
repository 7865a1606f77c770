public import WireProtocol

/// How an attachment's bytes stand on a replica.
public struct AttachmentState: Hashable, Sendable {
  /// Whether it was attached here.
  public let isOwn: Bool
  /// How many bytes are here, from the first on.
  public let present: UInt64
  /// Whether all bytes are here and verified.
  public let isWhole: Bool
  /// Of one that was attached here, how many bytes the server is known to have.
  public let sent: UInt64
  /// Whether the server is known to have all bytes.
  public let isAvailable: Bool
  /// Whether its bytes were asked for and are still to come.
  public let isWanted: Bool
  /// Why the bytes are not taken, or cannot be had.
  public let refusal: ErrorCode?
}
