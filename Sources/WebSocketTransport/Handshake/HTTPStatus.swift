/// The few HTTP answers of a server that speaks only WebSocket. Every one closes the connection: a kept-alive
/// one is the way into the library's use of freed headers at a later upgrade.
enum HTTPStatus: Equatable {
  case badRequest
  /// What was offered is not spoken here; the one that is.
  case otherSubprotocol(String)
  case forbidden
  case upgradeRequired

  /// The whole answer.
  func response(keepingAlive: Bool) -> [UInt8] {
    let line =
      switch self {
      case .badRequest: "400 Bad Request\r\n"
      case .otherSubprotocol(let spoken): "400 Bad Request\r\nSec-WebSocket-Protocol: \(spoken)\r\n"
      case .forbidden: "403 Forbidden\r\n"
      case .upgradeRequired:
        "426 Upgrade Required\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
      }
    let connection = keepingAlive ? "keep-alive" : "close"
    return Array("HTTP/1.1 \(line)Connection: \(connection)\r\nContent-Length: 0\r\n\r\n".utf8)
  }
}
