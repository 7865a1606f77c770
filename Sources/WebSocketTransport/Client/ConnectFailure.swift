/// Reads what the library says when a client could not connect. Its sentences are fixed texts, none from the
/// peer.
enum ConnectFailure {
  /// The server does not speak what was asked for.
  static let subprotocolRefused = TransportError(
    .subprotocolRefused, "the server does not speak the subprotocol")

  /// The error for a sentence and an HTTP status, 0 if none was read.
  static func error(_ text: String, status: Int) -> TransportError {
    // What this client sends is right in all else, so 400 is about the subprotocol. That another one was
    // chosen, the library says itself.
    if status == 400 || text.hasPrefix("HS: PROTOCOL") { return subprotocolRefused }
    if status != 0, status != 101 {
      return TransportError(.handshakeRejected, "the server answered with status \(status)")
    }
    if text.hasPrefix("HS:") {
      return TransportError(.handshakeRejected, "the server's answer is not that of a WebSocket")
    }
    return TransportError(.connectionRefused, "the server was not reached or hung up")
  }
}
