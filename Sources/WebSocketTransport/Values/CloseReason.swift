/// Why a connection ended.
public struct CloseReason: Hashable, Sendable, CustomStringConvertible {
  /// Who ended it.
  public enum Initiator: Hashable, Sendable {
    /// This side: the application, or a limit of this module.
    case local
    /// The peer, by a close frame.
    case peer
    /// Nobody said goodbye: the socket broke, or keep-alive gave up.
    case network
  }

  /// Who ended the connection.
  public let initiator: Initiator

  /// The code sent or received; 1005 when the peer gave none, 1006 when no close frame was seen.
  public let code: CloseCode

  /// The text of the close frame, at most 123 bytes (RFC 6455 section 5.5). Text of a peer: do not print it
  /// raw.
  public let text: String

  /// A reason with all its parts.
  public init(initiator: Initiator, code: CloseCode, text: String = "") {
    self.initiator = initiator
    self.code = code
    self.text = text
  }

  /// Who and which code, without the text, which a peer may have written.
  public var description: String { "\(initiator) \(code)" }

  /// The connection broke without a close frame.
  static let lost = CloseReason(initiator: .network, code: .abnormal)
}
