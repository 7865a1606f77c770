public import CRDT
public import WireProtocol

/// A piece of an attachment.
public struct AttachmentChunk: Hashable, Sendable {
  /// The attachment record.
  public let attachment: Identifier
  /// Where in the attachment it begins.
  public let offset: UInt64
  /// Its bytes.
  public let content: [UInt8]

  /// Where it ends.
  public var end: UInt64 { offset + UInt64(content.count) }

  /// Describes a piece.
  public init(attachment: Identifier, offset: UInt64, content: [UInt8]) {
    self.attachment = attachment
    self.offset = offset
    self.content = content
  }

  /// - Throws: `ProtocolError` `MALFORMED` for a piece that no attachment can have.
  public init(_ message: WireChunk) throws {
    guard let attachment = Identifier(bytes: message.attachment), !message.content.isEmpty,
      message.content.count <= Limits.chunkBytes, message.offset < UInt64(Limits.attachmentBytes)
    else { throw ProtocolError.malformed }
    self.init(attachment: attachment, offset: message.offset, content: Array(message.content))
  }

  /// The message.
  public var message: WireChunk {
    .with {
      $0.attachment = .init(attachment.bytes)
      $0.offset = offset
      $0.content = .init(content)
    }
  }

  /// How many bytes the chunk at an offset has: all are full but the last.
  static func byteCount(at offset: UInt64, of size: UInt64) -> Int {
    offset < size ? Int(min(size - offset, UInt64(Limits.chunkBytes))) : 0
  }
}
