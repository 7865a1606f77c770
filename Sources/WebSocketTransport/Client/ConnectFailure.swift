/// Reads what the library says when a client could not connect. Its sentences are fixed texts, none from the
/// peer.
enum ConnectFailure {
  /// The error for a sentence and an HTTP status, 0 if none was read.
  static func error(_ text: String, status: Int) -> TransportError {
    if status != 0, status != 101 {
      return TransportError(.handshakeRejected, "the server answered with status \(status)")
    }
    if text.hasPrefix("HS:") {
      return TransportError(.handshakeRejected, "the server's answer is not that of a WebSocket")
    }
    return TransportError(.connectionRefused, "the server was not reached or hung up")
  }
}
