import WebSocketTransport

/// What a server does with frames that are wrong, odd or many: every row is sent to a real server on a
/// connection of its own, after a handshake that is right.
enum FrameTable {
  static let limits = ConnectionLimits()
  static var limit: Int { limits.messageBytes }

  private static func frame(
    _ opcode: UInt8, _ payload: [UInt8] = [], final: Bool = true, declared: UInt64? = nil,
    reserved: UInt8 = 0
  ) -> [UInt8] {
    RawWebSocket.frame(opcode: opcode, payload, final: final, declared: declared, reserved: reserved)
  }

  private static func close(_ code: UInt16, _ reason: [UInt8] = []) -> [UInt8] {
    frame(8, [UInt8(code >> 8), UInt8(code & 0xff)] + reason)
  }

  private static func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

  private static let endNotClose = "close 1002; the connection ends without a close frame"

  static let cases: [FrameCase] =
    masking + reserved + control + lengths + fragments + texts + closing + floods
    + sizes

  static let masking = [
    FrameCase(
      16, "unmasked binary", [0x82, 3, 1, 2, 3], .message(3), deviation: "close 1002 (§5.1)"),
    FrameCase(16, "unmasked ping", [0x89, 1, 7], .pong(1), deviation: "close 1002 (§5.1)"),
  ]

  static let reserved =
    [0x40, 0x20, 0x10].map { FrameCase(17, "RSV \($0 >> 4)", frame(2, [1], reserved: $0), .close(1002)) }
    + [3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map { FrameCase(17, "opcode \($0)", frame($0, [1]), .close(1002)) }
    + [
      FrameCase(27, "RSV1 as if deflate had been agreed", frame(2, [1, 2, 3], reserved: 0x40), .close(1002))
    ]

  static let control = [
    FrameCase(18, "fragmented ping", frame(9, [1], final: false), .close(1002)),
    FrameCase(18, "fragmented close", frame(8, [3, 232], final: false), .close(1002)),
    FrameCase(18, "ping of 125 bytes", frame(9, zeros(125)), .pong(125)),
    FrameCase(18, "ping of 126 bytes", frame(9, zeros(126)), .end, deviation: endNotClose),
    FrameCase(18, "ping of 70,000 bytes", frame(9, zeros(70_000)), .end, deviation: endNotClose),
  ]

  static let lengths = [
    FrameCase(19, "2^62 bytes declared", frame(2, [1, 2, 3], declared: 1 << 62), .close(1009)),
    FrameCase(
      19, "2^63 bytes declared", frame(2, [1, 2, 3], declared: 1 << 63), .end, deviation: endNotClose),
    FrameCase(19, "2^64 - 1 bytes declared", frame(2, [1], declared: .max), .end, deviation: endNotClose),
    FrameCase(
      19, "3 bytes in a 16-bit length", [0x82, 0xfe, 0, 3, 0, 0, 0, 0, 1, 2, 3], .message(3),
      deviation: "close 1002: the shortest length must be used (§5.2)"),
    FrameCase(
      19, "3 bytes in a 64-bit length", [0x82, 0xff, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 1, 2, 3],
      .message(3),
      deviation: "close 1002: the shortest length must be used (§5.2)"),
    FrameCase(
      20, "a 64-bit length, then a byte now and then", frame(2, [], declared: 70_000), .close(1008),
      drip: ([1], 50)),
    FrameCase(
      20, "a header that is not finished", [0x82, 0xff, 0, 0], .silence,
      deviation: "nobody is told of half a header; the pings of an idle connection end it"),
  ]

  static let fragments = [
    FrameCase(
      21, "20,000 empty continuations",
      frame(2, [1], final: false) + (0..<20_000).flatMap { _ in frame(0, final: false) }, .end, recorded: 1008
    ),
    FrameCase(
      22, "a message inside another", frame(2, [1], final: false) + frame(2, [2]), .close(1002)),
    FrameCase(22, "a continuation of nothing", frame(0, [1]), .close(1002)),
    FrameCase(
      22, "a ping between fragments is no fault", frame(2, [1], final: false) + frame(9, [7]) + frame(0, [2]),
      .message(2)),
    FrameCase(
      23, "half a message, then only pongs", frame(2, [1], final: false), .close(1008),
      drip: (frame(10, [1]), 120)),
  ]

  static let texts = [
    FrameCase(24, "text", frame(1, Array("text".utf8)), .close(1003)),
    FrameCase(24, "text that is not UTF-8", frame(1, [0xc3, 0x28]), .close(1003)),
    FrameCase(24, "empty text", frame(1), .close(1003)),
    FrameCase(24, "binary of 0 bytes", frame(2), .message(0)),
  ]

  static let closing =
    [1_000, 1_001, 1_002, 1_003, 1_007, 1_008, 1_009, 1_011, 3_000, 4_999].map {
      FrameCase(25, "close \($0)", close($0), .close($0))
    }
    + [0, 1, 999, 1_004, 1_005, 1_006, 1_015, 1_016, 2_999].map {
      FrameCase(25, "close \($0), which is not to be sent", close($0), .close(1002))
    }
    + [5_000, 65_535].map {
      FrameCase(
        25, "close \($0), which means nothing", close($0), .close($0), deviation: "close 1002 (§7.4.2)")
    }
    + [
      FrameCase(25, "close without a code", frame(8), .close(1005)),
      FrameCase(25, "close of 1 byte", frame(8, [3]), .close(1005), deviation: "close 1002 (§5.5.1)"),
      FrameCase(25, "close with a reason of 123 bytes", close(1_000, zeros(123)), .close(1000)),
      FrameCase(
        25, "close with a reason of 126 bytes", close(1_000, zeros(126)), .end, deviation: endNotClose),
      FrameCase(
        25, "close with a reason that is not UTF-8", close(1_000, [0xc3, 0x28]), .close(1000),
        deviation: "close 1007 (§8.1); nobody reads the reason"),
      FrameCase(25, "a message after close", close(1_000) + frame(2, [1, 2, 3]), .close(1000)),
    ]

  static let floods = [
    FrameCase(
      26, "10,000 pings at once", (0..<10_000).flatMap { _ in frame(9, [1]) }, .pong(1),
      deviation: "of pings that come faster than they are answered some get no pong (§5.5.2 allows it)"),
    FrameCase(26, "a pong that nobody asked for", frame(10, [1]) + frame(2, [1, 2]), .message(2)),
    FrameCase(26, "10,000 pongs at once", (0..<10_000).flatMap { _ in frame(10, [1]) }, .end, recorded: 1008),
  ]

  static let sizes = [
    FrameCase(28, "a message one byte below the limit", frame(2, zeros(limit - 1)), .message(limit - 1)),
    FrameCase(28, "a message at the limit", frame(2, zeros(limit)), .message(limit)),
    FrameCase(28, "a message one byte above the limit", frame(2, zeros(limit + 1)), .close(1009)),
    FrameCase(
      28, "fragments one byte above the limit",
      frame(2, zeros(limit), final: false) + frame(0, [1]), .close(1009)),
  ]
}
