import CRDT
import WireProtocol

/// Attachments: bytes that come in chunks and are answered when they are durable, and chunks that are read.
extension ServerSession {
  /// A message about attachments came in on an open session.
  mutating func attachmentReceived(_ body: WireClientMessage.OneOf_Body, _ before: OpenSession) throws
    -> [Action]
  {
    var open = before
    let actor = open.device.actor
    var actions = open.touched()
    switch body {
    case .upload(let message):
      let upload = try Upload(message)
      try open.attachments.begin(upload.attachment)
      actions.append(.submit(.upload(upload, from: actor)))
    case .chunk(let message):
      let chunk = try AttachmentChunk(message)
      try open.attachments.chunkReceived(chunk)
      actions.append(.submit(.chunk(chunk, from: actor)))
    case .fetch(let message):
      try open.attachments.readReceived()
      actions.append(.read(try AttachmentRead(message)))
    case .availability(let message):
      try open.attachments.readReceived()
      actions.append(.read(try AttachmentRead(message)))
    default: throw ProtocolError(.unexpected)
    }
    state = .open(open)
    return actions
  }

  /// What was sent of an attachment is durable, or refused.
  mutating func stored(_ answer: UploadAnswer, ofChunk: Bool) -> [Action] {
    if case .rescuing = state { return rescued(answer) }
    guard case .open(var open) = state else { return [] }
    ofChunk ? open.attachments.chunkAnswered() : open.attachments.uploadAnswered()
    state = .open(open)
    return [.send(.with { $0.stored = answer.message })]
  }

  /// Answers a question about attachments.
  ///
  /// - Parameter mayRead: policy, asked anew for each chunk.
  mutating func answer(
    _ read: AttachmentRead, in source: any AttachmentSource, mayRead: (Identifier) throws -> Bool
  ) throws -> [Action] {
    guard case .open(var open) = state else { return [] }
    open.attachments.readAnswered()
    state = .open(open)
    // A device that waits for its confirmation is sent no content.
    let maySend = open.maySend
    func mayBeSent(_ attachment: Identifier) throws -> Bool { try maySend && mayRead(attachment) }
    switch read {
    case .fetch(let attachment, let offset):
      let chunk = try Self.chunk(of: attachment, at: offset, in: source, mayRead: mayBeSent)
      switch chunk {
      case .success(let chunk):
        open.attachments.sent(attachment, from: offset)
        state = .open(open)
        return [.send(.with { $0.chunk = chunk.message })]
      case .failure(let error): return [Self.failure(of: attachment, at: offset, error.code)]
      }
    case .availability(let attachments):
      let complete = try attachments.filter {
        try source.attachment($0)?.isComplete == true && mayBeSent($0)
      }
      return [Self.available(complete, answersRequest: true)]
    }
  }

  private static func chunk(
    of attachment: Identifier, at offset: UInt64, in source: any AttachmentSource,
    mayRead: (Identifier) throws -> Bool
  ) throws -> Result<AttachmentChunk, ProtocolError> {
    guard try mayRead(attachment) else { return .failure(ProtocolError(.notAvailable)) }
    guard let stored = try source.attachment(attachment), stored.isComplete else {
      return .failure(ProtocolError(.bytesAwaited))
    }
    let count = AttachmentChunk.byteCount(at: offset, of: stored.upload.size)
    guard count > 0 else { throw ProtocolError.malformed }
    let content = try source.content(of: attachment, at: offset, count: count)
    return .success(AttachmentChunk(attachment: attachment, offset: offset, content: content))
  }

  private static func failure(of attachment: Identifier, at offset: UInt64, _ code: ErrorCode) -> Action {
    .send(
      .with {
        $0.fetchFailure = .with {
          $0.attachment = .init(attachment.bytes)
          $0.offset = offset
          $0.code = code.rawValue
        }
      })
  }

  /// Says that all bytes of these are here.
  static func available(_ attachments: [Identifier], answersRequest: Bool = false) -> Action {
    .send(
      .with {
        $0.availability = .with {
          $0.attachments = attachments.map { .init($0.bytes) }
          $0.answersRequest = answersRequest
        }
      })
  }
}
