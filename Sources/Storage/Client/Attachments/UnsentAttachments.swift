/// Attachments' bytes that were attached here and that the server does not have.
public struct UnsentAttachments: Hashable, Sendable {
  /// How many attachments.
  public let count: Int
  /// How many bytes of them.
  public let bytes: UInt64
  /// When the oldest was attached, in milliseconds since 1970 by this device's clock.
  public let since: Int64?
  /// How many attachments the server refused the bytes of.
  public let refused: Int
}
