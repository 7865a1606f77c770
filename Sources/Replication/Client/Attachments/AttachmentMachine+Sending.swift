import CRDT
import WireProtocol

/// Sending. What the server has is what it says; whatever is lost on the way is sent again from there.
extension AttachmentMachine {
  /// An attachment on its way to the server.
  struct Sending: Sendable {
    let upload: Upload
    /// How many bytes are durable at the server; `nil` until it says so.
    var stored: UInt64?
    /// How many bytes were sent or were there.
    var sent: UInt64 = 0
    /// How many chunks were sent and not answered.
    var unanswered = 0
    /// Whether chunks were lost on the way: it goes on once all that were sent are answered.
    var mustRewind = false
    /// Whether the bytes that came there were not those that are here, once already.
    var hasFailed = false

    init(_ upload: Upload) { self.upload = upload }
  }

  mutating func received(_ message: WireStored, _ replica: some AttachmentReplica) throws -> [Action] {
    guard let attachment = Identifier(bytes: message.attachment) else { throw ProtocolError.malformed }
    // What is said of one that was given up changes nothing.
    guard var sending, sending.upload.attachment == attachment else { return [] }
    if message.code != 0 { return try refused(ErrorCode(rawValue: message.code), sending) }
    let size = sending.upload.size
    guard message.bytes <= size, message.complete == (message.bytes == size) else {
      throw ProtocolError.malformed
    }
    if message.complete {
      self.sending = nil
      return [.store(.sent(attachment, bytes: size, isComplete: true)), progress(sending.upload, size)]
    }
    let isNews = message.bytes != sending.stored
    if sending.stored != nil { sending.unanswered = max(0, sending.unanswered - 1) }
    sending.stored = message.bytes
    sending.sent = max(sending.sent, message.bytes)
    sending.mustRewind = sending.mustRewind || message.rewind
    if sending.mustRewind, sending.unanswered == 0 {
      sending.mustRewind = false
      sending.sent = message.bytes
    }
    var actions: [Action] = []
    if isNews {
      actions = [
        .store(.sent(attachment, bytes: message.bytes, isComplete: false)),
        progress(sending.upload, message.bytes),
      ]
    }
    return actions + (try sendChunks(sending, replica))
  }

  /// Sends as much as may be on its way. What was wiped with its record meanwhile is given up.
  private mutating func sendChunks(
    _ before: Sending, _ replica: some AttachmentReplica
  ) throws -> [Action] {
    var sending = before
    let upload = sending.upload
    self.sending = nil
    var actions: [Action] = []
    while !sending.mustRewind, sending.sent < upload.size, sending.unanswered < Limits.outstandingChunks {
      let count = AttachmentChunk.byteCount(at: sending.sent, of: upload.size)
      let content = try replica.content(of: upload.attachment, at: sending.sent, count: count)
      guard !content.isEmpty else {
        skippedUploads.insert(upload.attachment)
        return actions
      }
      guard content.count == count else { throw ProtocolError(.digestMismatch) }
      let chunk = AttachmentChunk(attachment: upload.attachment, offset: sending.sent, content: content)
      actions.append(try Self.send { $0.chunk = chunk.message })
      sending.sent = chunk.end
      sending.unanswered += 1
    }
    self.sending = sending
    return actions
  }

  private mutating func refused(_ code: ErrorCode, _ before: Sending) throws -> [Action] {
    if code == .digestMismatch, !before.hasFailed {
      var again = Sending(before.upload)
      again.hasFailed = true
      sending = again
      return [
        .store(.sent(before.upload.attachment, bytes: 0, isComplete: false)),
        try Self.send { $0.upload = before.upload.message },
      ]
    }
    sending = nil
    skippedUploads.insert(before.upload.attachment)
    // That there are too many others passes by itself.
    return code == .tooManyUploads ? [] : [.store(.sendingRefused(before.upload.attachment, code))]
  }

  private func progress(_ upload: Upload, _ bytes: UInt64) -> Action {
    .report(
      AttachmentProgress(record: upload.attachment, direction: .sending, bytes: bytes, size: upload.size))
  }
}
