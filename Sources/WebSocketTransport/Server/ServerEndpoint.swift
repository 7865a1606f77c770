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
  private var socketCount = 0
  private var lastID: UInt64 = 0
  private var events: [ConnectionEvent] = []
  private var isStopping = false
  private var stopWaiters: [CheckedContinuation<Void, Never>] = []
  private var refusals = RateLimit(perSecond: 1)

  /// The address of the socket that the library is accepting right now: it is told before the socket has a name.
  var acceptingAddress: PeerAddress?

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

  /// Whether a socket from there may stay, before a byte is read from it.
  func admits(_ address: PeerAddress) -> Bool {
    guard !isStopping else { return false }
    guard socketCount < configuration.limits.connections else { return refuse("too many connections") }
    guard census.admits(address) else { return refuse("too many connections of one address") }
    return true
  }

  private func refuse(_ why: String) -> Bool {
    if refusals.admit(at: .now) { logger.notice("connection refused", metadata: ["why": "\(why)"]) }
    return false
  }

  func accepted(_ socket: ServerSocket) {
    socketCount += 1
    census.enter(socket.address)
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

  func socketGone(_ socket: ServerSocket) {
    socketCount -= 1
    uncount(socket)
    if let connection = socket.connection {
      connection.socketGone()
      connections[connection.id] = nil
    }
    if isStopping, connections.isEmpty { destroyHost() }
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
    for socket in Array(connections.values) { socket.connection?.close(code, "") }
    if connections.isEmpty { destroyHost() }
  }

  /// Closes what is left by force.
  func stopNow() {
    destroyHost()
  }

  private func destroyHost() {
    // Not inside a callback of a socket of this host: at the end of the turn.
    loopState.atTurnEnd { [self] in
      guard let host else { return }
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
