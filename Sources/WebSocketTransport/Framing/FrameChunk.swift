/// What the library says about a piece of a data frame: it hands payload on as it arrives, not frame by
/// frame.
struct FrameChunk: Equatable {
  /// Whether the message is binary (opcode 2, RFC 6455 section 5.6).
  var isBinary: Bool

  /// Whether this is the first piece of a message.
  var isFirstOfMessage: Bool

  /// Payload of this frame that is still to come. A frame may declare up to 2^63 − 1 bytes.
  var remainingBytes: UInt64

  /// Whether this piece ends the last frame of the message.
  var isLastOfMessage: Bool
}
