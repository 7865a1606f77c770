/// The status code of a WebSocket close frame (RFC 6455 section 7.4).
public struct CloseCode: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  /// The code as it stands in the close frame.
  public let rawValue: UInt16

  /// Any code, also one that this module has no name for.
  public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// The number alone: a close code says nothing about a person.
  public var description: String { String(rawValue) }

  /// 1000: the purpose of the connection has been fulfilled.
  public static let normal = CloseCode(rawValue: 1000)
  /// 1001: the server goes down, or the client goes away.
  public static let goingAway = CloseCode(rawValue: 1001)
  /// 1002: a frame broke the rules of RFC 6455.
  public static let protocolError = CloseCode(rawValue: 1002)
  /// 1003: a data type that is not accepted; here every text message.
  public static let unsupportedData = CloseCode(rawValue: 1003)
  /// 1005: a close frame without a code arrived. Never sent.
  public static let noStatus = CloseCode(rawValue: 1005)
  /// 1006: the connection ended without a close frame. Never sent.
  public static let abnormal = CloseCode(rawValue: 1006)
  /// 1007: the payload does not fit the type of the message.
  public static let invalidPayload = CloseCode(rawValue: 1007)
  /// 1008: a rule of this server was broken, such as a rate or the time to authenticate.
  public static let policyViolation = CloseCode(rawValue: 1008)
  /// 1009: a message is larger than the receiver takes.
  public static let messageTooBig = CloseCode(rawValue: 1009)
  /// 1011: the server met a condition that it did not expect.
  public static let internalError = CloseCode(rawValue: 1011)
  /// 1012: the server restarts; come back after a short, random while.
  public static let serviceRestart = CloseCode(rawValue: 1012)
  /// 1013: the server cannot keep up with this peer, or the peer not with the server; try again later.
  public static let tryAgainLater = CloseCode(rawValue: 1013)

  /// Whether the code may stand in a close frame (RFC 6455 section 7.4.1 keeps 1004–1006 and 1015 off the
  /// wire).
  public var isSendable: Bool {
    switch rawValue {
    case 1000...1003, 1007...1014, 3000...4999: true
    default: false
    }
  }
}
