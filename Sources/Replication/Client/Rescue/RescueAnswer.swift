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

  init(_ message: WireRescued) {
    accepted = Int(message.accepted)
    waiting = Int(message.waiting)
    refused = Int(message.refused)
    known = Int(message.known)
    code = message.code == 0 ? nil : ErrorCode(rawValue: message.code)
  }

  /// Whether the item itself was good for nothing.
  public var isUseless: Bool { accepted + waiting + refused == 0 }
}
