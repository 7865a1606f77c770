/// The client's side of RFC 6455 in bytes.
enum RawWebSocket {
  /// An upgrade request; headers can be changed, added, or left out with nil.
  static func request(_ changes: [String: String?] = [:]) -> String {
    var headers: [String: String?] = [
      "Host": "127.0.0.1", "Upgrade": "websocket", "Connection": "Upgrade",
      "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version": "13",
      "Sec-WebSocket-Protocol": TestServer.subprotocol,
    ]
    for (name, value) in changes { headers[name] = value }
    let lines = headers.sorted { $0.key < $1.key }.compactMap { name, value in
      value.map { "\(name): \($0)\r\n" }
    }
    return "GET / HTTP/1.1\r\n" + lines.joined() + "\r\n"
  }

  /// Opens a connection and upgrades it.
  static func open(port: Int, receiveBufferBytes: Int32? = nil, timeoutSeconds: Int = 10) throws -> RawSocket
  {
    let socket = try RawSocket(
      port: port, receiveBufferBytes: receiveBufferBytes, timeoutSeconds: timeoutSeconds)
    socket.send(request())
    guard socket.readHeaders().hasPrefix("HTTP/1.1 101 ") else { throw SocketFailure() }
    return socket
  }

  /// A frame with a mask of zeros. `declared` lies about the length.
  static func frame(
    opcode: UInt8, _ payload: [UInt8] = [], final: Bool = true, declared: UInt64? = nil, reserved: UInt8 = 0
  ) -> [UInt8] {
    let length = declared ?? UInt64(payload.count)
    var bytes = [(final ? 0x80 : 0) | reserved | opcode]
    if length < 126 {
      bytes.append(0x80 | UInt8(length))
    } else if length <= 0xffff {
      bytes += [0x80 | 126, UInt8(length >> 8), UInt8(length & 0xff)]
    } else {
      bytes.append(0x80 | 127)
      bytes += (0..<8).map { UInt8(truncatingIfNeeded: length >> (56 - 8 * UInt64($0))) }
    }
    return bytes + [0, 0, 0, 0] + payload
  }

  /// Reads until a close frame or the end: the code, 1006 for an end without a frame, nil when neither comes
  /// in time.
  static func readClose(_ socket: RawSocket) -> UInt16? {
    var all: [UInt8] = []
    while true {
      switch socket.readOrEnd() {
      case .some(let bytes) where bytes.isEmpty: return 1006
      case .some(let bytes): all += bytes
      case .none: return nil
      }
      if let code = closeCode(in: all) { return code }
    }
  }

  /// The code of the close frame at the end of what a server sent, or nil when there is none.
  static func closeCode(in bytes: [UInt8]) -> UInt16? {
    var rest = bytes[...]
    while rest.count >= 2 {
      let opcode = rest[rest.startIndex] & 0xf
      var length = Int(rest[rest.startIndex + 1] & 0x7f)
      rest = rest.dropFirst(2)
      let extra = length == 126 ? 2 : length == 127 ? 8 : 0
      if extra > 0 { length = rest.prefix(extra).reduce(0) { $0 << 8 | Int($1) } }
      rest = rest.dropFirst(extra)
      let payload = Array(rest.prefix(length))
      if opcode == 8 { return payload.count >= 2 ? UInt16(payload[0]) << 8 | UInt16(payload[1]) : 1005 }
      rest = rest.dropFirst(length)
    }
    return nil
  }
}
