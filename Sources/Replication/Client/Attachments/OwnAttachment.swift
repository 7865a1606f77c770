/// An attachment that was attached here and whose bytes the server does not have, as far as is known here.
public struct OwnAttachment: Hashable, Sendable {
  /// What is to be sent.
  public let upload: Upload
  /// How many bytes the server was last known to have.
  public let stored: UInt64

  /// Describes an attachment.
  public init(upload: Upload, stored: UInt64) {
    self.upload = upload
    self.stored = stored
  }
}
