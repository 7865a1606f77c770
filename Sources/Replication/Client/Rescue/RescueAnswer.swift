public import WireProtocol

/// What became of a sealed item that was handed over.
public struct RescueAnswer: Hashable, Sendable {
  /// How many entries or changes were accepted, now or before.
  public let accepted: Int
  /// How many wait for a person's decision.
  public let waiting: Int
  /// How many were refused.
  public let refused: Int
  /// How many of all these the server had before.
  public let known: Int
  /// Why the first of them was not accepted, or the item is good for nothing.
  public let code: ErrorCode?
  /// How much of a file the server has, where the item was a piece of one.
  public let file: File?

  /// How much of a file the server has.
  public struct File: Hashable, Sendable {
    /// So many bytes, from the first on.
    public let bytes: UInt64
    /// Whether it has all of them, and they are those that were attached.
    public let isComplete: Bool
  }

  init(_ message: WireRescued) {
    accepted = Int(message.accepted)
    waiting = Int(message.waiting)
    refused = Int(message.refused)
    known = Int(message.known)
    code = message.code == 0 ? nil : ErrorCode(rawValue: message.code)
    // No file is larger: a server that says so is not believed.
    let stored = min(message.stored.bytes, UInt64(Limits.attachmentBytes))
    file = message.hasStored ? File(bytes: stored, isComplete: message.stored.complete) : nil
  }

  /// Whether the item itself was good for nothing.
  public var isUseless: Bool { file == nil && accepted + waiting + refused == 0 }
}
