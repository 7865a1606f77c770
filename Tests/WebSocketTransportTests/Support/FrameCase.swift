/// One row of the table of frames that a peer may send, and what the server does with them.
struct FrameCase: Sendable, CustomStringConvertible {
  /// What comes back.
  enum Outcome: Hashable, Sendable, CustomStringConvertible {
    /// A close frame with this code; 1005 for one without.
    case close(UInt16)
    /// The end of the connection without a close frame.
    case end
    /// A binary message of so many bytes.
    case message(Int)
    /// A pong of so many bytes.
    case pong(Int)
    /// Nothing, for as long as the test waits.
    case silence

    var description: String {
      switch self {
      case .close(let code): "close \(code)"
      case .end: "end"
      case .message(let count): "message of \(count) bytes"
      case .pong(let count): "pong of \(count) bytes"
      case .silence: "silence"
      }
    }
  }

  /// The number of the case in the project's list of bad input, 16–30.
  let number: Int
  let name: String
  let bytes: [UInt8]
  let expected: Outcome
  /// The code with which the server ended it, where the close frame may be lost: the peer was still sending,
  /// and a socket that is closed with unread bytes takes along what was sent.
  let recorded: UInt16?
  /// What RFC 6455 asks for instead, where libwebsockets does something else.
  let deviation: String?
  /// Sent again and again after `bytes` while nothing comes back, some milliseconds apart.
  let drip: (bytes: [UInt8], milliseconds: UInt32)?

  init(
    _ number: Int, _ name: String, _ bytes: [UInt8], _ expected: Outcome, recorded: UInt16? = nil,
    deviation: String? = nil, drip: (bytes: [UInt8], milliseconds: UInt32)? = nil
  ) {
    self.number = number
    self.name = name
    self.bytes = bytes
    self.expected = expected
    self.recorded = recorded
    self.deviation = deviation
    self.drip = drip
  }

  var description: String { "\(number) \(name)" }
}
