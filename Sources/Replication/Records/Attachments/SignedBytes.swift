import CRDT
import WireProtocol

/// A piece of an attachment whose bytes were not uploaded, with its device's word on which file it is of: it
/// can be handed over by somebody who has neither the device's keys nor a session of it.
public struct SignedBytes: Hashable, Sendable {
  /// The file that it is of.
  public let upload: Upload
  /// The device's signature of that.
  public let signature: [UInt8]
  /// Where in the file it begins.
  public let offset: UInt64
  /// Its bytes; none of a file without bytes.
  public let content: [UInt8]

  /// Describes a piece.
  public init(upload: Upload, signature: [UInt8], offset: UInt64, content: [UInt8]) {
    self.upload = upload
    self.signature = signature
    self.offset = offset
    self.content = content
  }

  /// - Throws: `ProtocolError` `MALFORMED` for a piece that no attachment can have.
  init(_ message: WireSignedBytes) throws {
    let upload = try Upload(message.upload)
    guard message.content.count <= Limits.chunkBytes, message.offset < UInt64(Limits.attachmentBytes),
      !message.content.isEmpty || upload.size == 0
    else { throw ProtocolError.malformed }
    self.init(
      upload: upload, signature: Array(message.signature), offset: message.offset,
      content: Array(message.content))
  }

  /// What is to be sealed to the tenant: an encoded `SealedItem`.
  public var item: [UInt8] {
    get throws {
      let message = WireSignedBytes.with {
        $0.upload = upload.message
        $0.signature = .init(signature)
        $0.offset = offset
        $0.content = .init(content)
      }
      return try WireSealedItem.with { $0.bytes = message }.serializedBytes()
    }
  }

  /// The piece alone; `nil` of a file without bytes.
  var chunk: AttachmentChunk? {
    content.isEmpty
      ? nil : AttachmentChunk(attachment: upload.attachment, offset: offset, content: content)
  }

  /// Whether the actor with this key signed for the file.
  func isSigned(by device: Device, tenant: Identifier) -> Bool {
    let signed = upload.signed(tenant: tenant, actor: device.actor)
    return (try? VerifyingKey(bytes: device.signingKey).isValid(signature, over: signed, for: .rescueBytes))
      ?? false
  }
}

extension Upload {
  /// What a device signs, so that somebody else can hand over the bytes.
  fileprivate func signed(tenant: Identifier, actor: ActorID) -> [UInt8] {
    Transcript.rescueBytes(
      tenant: tenant, actor: actor, attachment: attachment, size: size, digest: digest)
  }
}

extension ClientIdentity {
  /// Signs which file pieces are of that somebody else may hand over.
  public func signature(for upload: Upload) -> [UInt8] {
    signingKey.sign(upload.signed(tenant: tenant, actor: actor), for: .rescueBytes)
  }
}
