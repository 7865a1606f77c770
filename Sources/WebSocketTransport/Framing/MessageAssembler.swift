/// Puts messages together from pieces of frames, and refuses what is too big before it is stored.
struct MessageAssembler {
  /// What came of one piece.
  enum Outcome: Equatable {
    /// The message is not complete.
    case incomplete
    /// A complete message.
    case message([UInt8])
    /// The connection must be closed.
    case violation(CloseCode, String)
  }

  /// Bytes of one message.
  var messageBytesMax: Int

  /// Frames of one message.
  let fragmentsMax: Int

  private var partial: [UInt8] = []
  private var fragmentCount = 0

  /// Whether a message has begun and not ended.
  private(set) var isMidMessage = false

  init(messageBytesMax: Int, fragmentsMax: Int) {
    self.messageBytesMax = messageBytesMax
    self.fragmentsMax = fragmentsMax
  }

  /// Bytes of the message under way.
  var partialByteCount: Int { partial.count }

  /// Takes a piece. The size is checked against what the frame *declares*, at its first piece: the library
  /// delivers a frame of 2^62 bytes piece by piece without an objection.
  mutating func receive(_ bytes: UnsafeRawBufferPointer, of chunk: FrameChunk) -> Outcome {
    guard chunk.isBinary else { return .violation(.unsupportedData, "binary messages only") }
    if chunk.isFirstOfMessage, isMidMessage {
      return .violation(.protocolError, "a message began inside another")
    }
    // Neither sum can overflow: both sides of the first are at most `messageBytesMax` plus one read of the
    // library.
    let have = UInt64(partial.count) + UInt64(bytes.count)
    guard have <= UInt64(messageBytesMax), chunk.remainingBytes <= UInt64(messageBytesMax) - have else {
      return .violation(.messageTooBig, "at most \(messageBytesMax) bytes")
    }
    if chunk.remainingBytes == 0 {
      fragmentCount += 1
      guard fragmentCount <= fragmentsMax else {
        return .violation(.policyViolation, "at most \(fragmentsMax) fragments")
      }
    }
    guard chunk.isLastOfMessage else {
      isMidMessage = true
      partial.append(contentsOf: bytes)
      return .incomplete
    }
    return .message(finish(with: bytes))
  }

  private mutating func finish(with bytes: UnsafeRawBufferPointer) -> [UInt8] {
    defer {
      partial = []
      fragmentCount = 0
      isMidMessage = false
    }
    // The usual case: a whole message in one piece, copied once.
    if partial.isEmpty { return Array(bytes) }
    partial.append(contentsOf: bytes)
    return partial
  }
}
