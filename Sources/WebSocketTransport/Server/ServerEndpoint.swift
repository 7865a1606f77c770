import CLibWebSockets
import Logging

/// A server on the service thread: its sockets, its counts, and what it has to tell at the end of a turn.
final class ServerEndpoint {
  let configuration: ServerConfiguration
  let policy: HandshakePolicy
  let ledger: BacklogLedger
  private let logger: Logger
  private let loopState: LoopState
  private let onEvents: @Sendable ([ConnectionEvent]) -> Void

  private var host: ServerHost?
  private var census: AddressCensus
  private var connections: [ConnectionID: ServerSocket] = [:]
  private var sockets: Set<OpaquePointer> = []
  private var lastID: UInt64 = 0
  private var events: [ConnectionEvent] = []
  private var isStopping = false
  private var stopWaiters: [CheckedContinuation<Void, Never>] = []
  private var refusals = RateLimit(perSecond: 1)

  /// The address of the socket that the library is adopting right now.
  private var adoptingAddress: PeerAddress?

  init(
    configuration: ServerConfiguration, ledger: BacklogLedger, loopState: LoopState, logger: Logger,
    onEvents: @escaping @Sendable ([ConnectionEvent]) -> Void
  ) {
    self.configuration = configuration
    self.ledger = ledger
    self.loopState = loopState
    self.logger = logger
    self.onEvents = onEvents
    policy = HandshakePolicy(
      subprotocol: configuration.subprotocol, allowedOrigins: configuration.allowedOrigins)
    census = AddressCensus(
      limit: configuration.limits.unauthenticatedConnectionsPerAddress,
      exceptions: configuration.perNetworkLimits)
  }

  /// Binds; the port that was taken.
  func start() throws(TransportError) -> Int {
    let host = try ServerHost(configuration: configuration, context: loopState.context, endpoint: self)
    self.host = host
    loopState.servers[ObjectIdentifier(self)] = self
    logger.info("listening", metadata: ["port": "\(host.port)"])
    return host.port
  }

  // MARK: Sockets

  /// Someone waits at the listening socket.
  func acceptWaiting() {
    host?.accept(admit: { admits($0) }, begin: { adoptingAddress = $0 })
  }

  /// The pause after descriptors ran out is over.
  func listenTimerFired(on wsi: OpaquePointer) {
    guard let host, host.isListening(wsi) else { return }
    host.acceptAgain()
  }

  private func admits(_ address: PeerAddress) -> Bool {
    guard !isStopping else { return false }
    guard sockets.count < configuration.limits.connections else { return refuse("too many connections") }
    guard census.admits(address) else { return refuse("too many connections of one address") }
    return true
  }

  private func refuse(_ why: String) -> Bool {
    if refusals.admit(at: .now) { logger.notice("connection refused", metadata: ["why": "\(why)"]) }
    return false
  }

  /// The library made a socket; nil when nobody was let in.
  func accepted(_ wsi: OpaquePointer) -> ServerSocket? {
    guard let address = adoptingAddress else { return nil }
    sockets.insert(wsi)
    census.enter(address)
    return ServerSocket(address: address)
  }

  func opened(_ socket: ServerSocket, wsi: OpaquePointer) {
    lastID += 1
    let id = ConnectionID(rawValue: lastID)
    let connection = Connection(
      id: id, wsi: wsi, limits: configuration.limits, authenticationNeeded: true,
      writeBuffer: loopState.writeBuffer, owner: self)
    socket.stage = .open(connection)
    connections[id] = socket
    tell(.opened(id, socket.address))
    if isStopping { connection.close(.goingAway, "") }
  }

  func socketGone(_ socket: ServerSocket, wsi: OpaquePointer) {
    sockets.remove(wsi)
    uncount(socket)
    if let connection = socket.connection {
      connection.socketGone()
      connections[connection.id] = nil
    }
    if isStopping, connections.isEmpty { endHost() }
  }

  private func uncount(_ socket: ServerSocket) {
    guard socket.isCounted else { return }
    socket.isCounted = false
    census.leave(socket.address)
  }

  // MARK: Commands

  func perform(_ commands: [TransportCommand]) {
    for command in commands {
      switch command {
      case .send(let id, let message):
        guard let connection = connections[id]?.connection else {
          ledger.forget(id)
          continue
        }
        connection.send(message)
      case .authenticated(let id):
        guard let socket = connections[id] else { continue }
        uncount(socket)
        socket.connection?.authenticated()
      case .close(let id, let code, let text): connections[id]?.connection?.close(code, text)
      case .pauseReading(let id): connections[id]?.connection?.setReading(paused: true)
      case .resumeReading(let id): connections[id]?.connection?.setReading(paused: false)
      }
    }
  }

  /// Lets nobody in any more and closes everyone; the waiter is resumed when the port is free.
  func stop(_ code: CloseCode, waiter: CheckedContinuation<Void, Never>) {
    guard host != nil else { return waiter.resume() }
    stopWaiters.append(waiter)
    isStopping = true
    host?.stopListening()
    for socket in Array(connections.values) { socket.connection?.close(code, "") }
    if connections.isEmpty { endHost() }
  }

  /// Closes what is left by force.
  func stopNow() {
    guard host != nil else { return }
    endHost()
  }

  /// Cuts what is left, such as sockets that never became a WebSocket, then frees the virtual host: the
  /// library frees it only when no socket is bound to it. At the end of the turn, because it may be asked for
  /// in a callback.
  private func endHost() {
    loopState.atTurnEnd { [self] in
      for wsi in sockets {
        lws_set_timeout(wsi, PENDING_TIMEOUT_USER_REASON_BASE, LWS_TO_KILL_SYNC)
      }
      guard sockets.isEmpty, let host else { return }
      self.host = nil
      host.destroy()
    }
  }

  /// The library freed the virtual host, and before it every socket of it.
  func hostGone() {
    loopState.servers[ObjectIdentifier(self)] = nil
    endStop()
  }

  /// The library is gone altogether.
  func libraryGone() {
    host = nil
    endStop()
  }

  private func endStop() {
    for waiter in stopWaiters { waiter.resume() }
    stopWaiters = []
  }

  // MARK: Events

  private func tell(_ event: ConnectionEvent) {
    if events.isEmpty { loopState.atTurnEnd { [self] in flush() } }
    events.append(event)
  }

  private func flush() {
    let batch = events
    events = []
    onEvents(batch)
  }
}

extension ServerEndpoint: ConnectionOwner {
  func connection(_ id: ConnectionID, received message: [UInt8]) {
    tell(.received(id, message))
  }

  func connection(_ id: ConnectionID, wrote messageCount: Int, byteCount: Int) {
    if ledger.wrote(messageCount, byteCount: byteCount, to: id) { tell(.backlogCleared(id)) }
  }

  func connection(_ id: ConnectionID, closed reason: CloseReason) {
    ledger.forget(id)
    logger.debug("connection closed", metadata: ["connection": "\(id)", "reason": "\(reason)"])
    tell(.closed(id, reason))
  }
}
