public import CRDT
public import WireProtocol

/// Which bytes a device begins to send, or goes on with.
public struct Upload: Hashable, Sendable {
  /// The attachment record.
  public let attachment: Identifier
  /// How many bytes there are.
  public let size: UInt64
  /// SHA-256 of all of them.
  public let digest: Digest

  /// Describes bytes.
  public init(attachment: Identifier, size: UInt64, digest: Digest) {
    self.attachment = attachment
    self.size = size
    self.digest = digest
  }

  init(_ message: WireUpload) throws {
    guard let attachment = Identifier(bytes: message.attachment), let digest = Digest(bytes: message.digest)
    else { throw ProtocolError.malformed }
    self.init(attachment: attachment, size: message.size, digest: digest)
  }

  var message: WireUpload {
    .with {
      $0.attachment = .init(attachment.bytes)
      $0.size = size
      $0.digest = .init(digest.bytes)
    }
  }
}
