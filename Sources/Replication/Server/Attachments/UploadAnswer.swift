import CRDT
import WireProtocol

/// What a device is told of the bytes that it sends.
struct UploadAnswer: Hashable, Sendable {
  let attachment: Identifier
  var stored: UInt64 = 0
  var isComplete = false
  var mustRewind = false
  var refusal: ErrorCode?

  init(_ stored: StoredAttachment, rewinding: Bool = false) {
    attachment = stored.upload.attachment
    self.stored = stored.stored
    isComplete = stored.isComplete
    mustRewind = rewinding
  }

  init(_ attachment: Identifier, refusing code: ErrorCode) {
    self.attachment = attachment
    refusal = code
  }

  var message: WireStored {
    .with {
      $0.attachment = .init(attachment.bytes)
      $0.bytes = stored
      $0.complete = isComplete
      $0.rewind = mustRewind
      $0.code = refusal?.rawValue ?? 0
    }
  }
}
