/// One accepted socket, from TCP to the end.
final class ServerSocket {
  /// How far it has come.
  enum Stage {
    /// Accepted; TLS and HTTP are under way.
    case accepted
    /// Its upgrade request was judged good.
    case approved
    /// A WebSocket.
    case open(Connection)
  }

  let address: PeerAddress
  var stage = Stage.accepted

  /// Whether it is counted among the unauthenticated of its address.
  var isCounted = true

  init(address: PeerAddress) {
    self.address = address
  }

  var connection: Connection? {
    if case .open(let connection) = stage { connection } else { nil }
  }
}
