public import CRDT
import WireProtocol

/// What a device asks about attachments' bytes. It writes nothing.
public enum AttachmentRead: Hashable, Sendable {
  /// One chunk.
  case fetch(Identifier, offset: UInt64)
  /// Which of these are all here.
  case availability([Identifier])

  init(_ message: WireFetch) throws {
    guard let attachment = Identifier(bytes: message.attachment) else { throw ProtocolError.malformed }
    self = .fetch(attachment, offset: message.offset)
  }

  init(_ message: WireAvailabilityRequest) throws {
    guard message.attachments.count <= Limits.availabilityAttachments else {
      throw ProtocolError(.limitExceeded)
    }
    self = .availability(
      try message.attachments.map {
        guard let id = Identifier(bytes: $0) else { throw ProtocolError.malformed }
        return id
      })
  }
}
