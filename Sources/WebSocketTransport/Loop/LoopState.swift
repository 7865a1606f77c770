/// What the service thread knows beside the sockets.
final class LoopState {
  let context: LibraryContext

  /// Those who gathered events in this turn, and tell them at its end.
  private var turnEnds: [() -> Void] = []

  /// Client virtual hosts by what they trust: a thousand clients share one set of TLS settings.
  var clientHosts: [ClientHost.Trust: ClientHost] = [:]

  /// Clients whose socket lives; the library knows them only by address.
  var clientSockets: [ObjectIdentifier: ClientSocket] = [:]

  /// How many clients may be in their handshake.
  var handshakes = HandshakeGate()

  /// Servers that have not been stopped.
  var servers: [ObjectIdentifier: ServerEndpoint] = [:]

  /// Where a message is put together with the room that the library needs before it. One for all: a write is
  /// done when the call returns.
  let writeBuffer = WriteBuffer()

  init(context: LibraryContext) {
    self.context = context
  }

  /// The library is gone, and with it every socket.
  func contextDestroyed() {
    for server in servers.values { server.libraryGone() }
    servers = [:]
    for socket in clientSockets.values { socket.libraryGone() }
    clientSockets = [:]
    clientHosts = [:]
  }

  /// Calls back when the sockets of this turn have been looked after.
  func atTurnEnd(_ action: @escaping () -> Void) {
    turnEnds.append(action)
  }

  /// Whether somebody has gathered something since the last turn ended.
  var hasToEndTurn: Bool { !turnEnds.isEmpty }

  /// Ends the turn. What this leads to is told at the end of the next.
  func endTurn() {
    guard !turnEnds.isEmpty else { return }
    let actions = turnEnds
    turnEnds.removeAll(keepingCapacity: true)
    for action in actions { action() }
  }
}
