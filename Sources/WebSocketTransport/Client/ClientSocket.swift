import CLibWebSockets

/// A client's socket on the service thread, from the attempt to connect to the end.
final class ClientSocket {
  private enum Stage {
    case connecting(CheckedContinuation<Result<Void, TransportError>, Never>)
    case open(Connection)
    case ended
  }

  let configuration: ClientConfiguration
  private let receiver: MessageReceiver
  private let loopState: LoopState
  private let idlePolicy: UnsafeMutablePointer<lws_retry_bo_t>
  private var stage = Stage.ended
  private var wsi: OpaquePointer?
  private var failure: TransportError?
  private var isAbandoned = false
  private var isInHandshake = false
  private var isFinished = false
  private var endWaiters: [CheckedContinuation<Void, Never>] = []

  init(configuration: ClientConfiguration, receiver: MessageReceiver, loopState: LoopState) {
    self.configuration = configuration
    self.receiver = receiver
    self.loopState = loopState
    idlePolicy = .allocate(capacity: 1)
    idlePolicy.initialize(to: .idle(ping: configuration.ping, hangup: configuration.hangup))
  }

  deinit {
    idlePolicy.deallocate()
  }

  private var connection: Connection? {
    if case .open(let connection) = stage { connection } else { nil }
  }

  /// Connects to one address of the host, as soon as few enough others are in their handshake; the
  /// continuation is resumed once.
  func connect(
    to address: PeerAddress, url: WebSocketURL, until deadline: MonotonicInstant,
    _ continuation: CheckedContinuation<Result<Void, TransportError>, Never>
  ) {
    stage = .connecting(continuation)
    // A task may be cancelled before this runs, and its word then came first.
    if isAbandoned { return abandon() }
    loopState.clientSockets[ObjectIdentifier(self)] = self
    let start = { [self] in
      isInHandshake = true
      begin(to: address, url: url, within: deadline - .now)
      if case .connecting = stage { return }
      if wsi == nil { handshakeEnded() }
    }
    if loopState.handshakes.enter(start) { start() }
  }

  private func begin(to address: PeerAddress, url: WebSocketURL, within timeout: Duration) {
    guard case .connecting = stage, timeout > .zero else {
      return retire(TransportError(.timedOut, "no answer in time"))
    }
    let host: ClientHost
    do throws(TransportError) {
      let secure = configuration.certificateAuthorityFile.map(ClientHost.Trust.file) ?? .system
      host = try loopState.clientHost(trust: url.isSecure ? secure : .plaintext)
    } catch {
      return retire(error)
    }
    var info = lws_client_connect_info()
    info.context = loopState.context.pointer
    info.vhost = host.pointer
    info.port = Int32(url.port)
    // Every check of the certificate stays on: the flags that would lift one are never set.
    info.ssl_connection = url.isSecure ? Int32(LCCSCF_USE_SSL.rawValue) : 0
    info.ietf_version_or_minus_one = -1
    info.opaque_user_data = Unmanaged.passUnretained(self).toOpaque()
    info.retry_and_idle_policy = UnsafePointer(idlePolicy)
    let texts = [
      address.text, url.path, url.hostHeader, configuration.subprotocol, ClientHost.protocolName, "http/1.1",
    ]
    let made = CStrings.with(texts) { strings in
      info.address = strings[0]
      info.path = strings[1]
      info.host = strings[2]
      info.protocol = strings[3]
      info.local_protocol_name = strings[4]
      info.alpn = strings[5]
      return lws_client_connect_via_info(&info)
    }
    guard let made else {
      return retire(TransportError(.connectionRefused, "the connection could not be begun"))
    }
    // It may have failed, or even opened, within the call.
    guard case .connecting = stage else { return }
    wsi = made
    lws_set_timer_usecs(made, timeout.microseconds + 1)
  }

  // MARK: From the library

  func established(_ wsi: OpaquePointer) {
    guard case .connecting(let continuation) = stage else { return }
    self.wsi = wsi
    lws_set_timer_usecs(wsi, -1)
    let connection = Connection(
      id: ConnectionID(rawValue: 0), wsi: wsi, limits: configuration.limits, authenticationNeeded: false,
      writeBuffer: loopState.writeBuffer, owner: self)
    stage = .open(connection)
    handshakeEnded()
    continuation.resume(returning: .success(()))
  }

  func received(_ bytes: UnsafeRawBufferPointer) -> Int32 {
    connection?.received(bytes) ?? CallbackResult.close
  }

  func pongReceived() -> Int32 {
    connection?.pongReceived() ?? CallbackResult.close
  }

  func writeable() -> Int32 {
    connection?.writeable() ?? CallbackResult.proceed
  }

  func peerClosing(_ payload: UnsafeRawBufferPointer) -> Int32 {
    connection?.peerClosing(payload) ?? CallbackResult.close
  }

  func timerFired() -> Int32 {
    if let connection { return connection.timerFired() }
    fail(TransportError(.timedOut, "no answer in time"))
    return CallbackResult.close
  }

  /// The server chose a subprotocol; anything but the one asked for is refused.
  func answered(with subprotocol: String) -> Bool {
    if subprotocol == configuration.subprotocol { return true }
    failure = ConnectFailure.subprotocolRefused
    return false
  }

  func certificateRejected() {
    failure = TransportError(.certificateRejected, "the server's certificate was not accepted")
  }

  func connectionFailed(_ text: String, status: Int) {
    fail(failure ?? ConnectFailure.error(text, status: status))
  }

  /// The library freed the socket.
  func socketGone() {
    connection?.socketGone()
    libraryGone()
    loopState.clientSockets[ObjectIdentifier(self)] = nil
  }

  /// The socket does not exist any more.
  func libraryGone() {
    fail(TransportError(.connectionRefused, "the connection ended in the handshake"))
    finish(.lost)
    stage = .ended
    wsi = nil
    handshakeEnded()
    for waiter in endWaiters { waiter.resume() }
    endWaiters = []
  }

  private func finish(_ reason: CloseReason) {
    guard !isFinished else { return }
    isFinished = true
    switch receiver {
    case .inbox(let inbox): inbox.finish(reason)
    case .callback(let tell): loopState.atTurnEnd { tell(.closed(reason)) }
    }
  }

  private func handshakeEnded() {
    guard isInHandshake else { return }
    isInHandshake = false
    if let next = loopState.handshakes.leave() { loopState.atTurnEnd(next) }
  }

  /// Fails before the library has a socket for it.
  private func retire(_ error: TransportError) {
    fail(error)
    loopState.clientSockets[ObjectIdentifier(self)] = nil
  }

  private func fail(_ error: TransportError) {
    guard case .connecting(let continuation) = stage else { return }
    stage = .ended
    continuation.resume(returning: .failure(error))
  }

  // MARK: From the application, outside the library's callbacks

  func send(_ message: [UInt8]) {
    connection?.send(message)
  }

  func setReading(paused: Bool) {
    connection?.setReading(paused: paused)
  }

  /// Gives an attempt to connect up.
  func abandon() {
    isAbandoned = true
    fail(TransportError(.cancelled, "the attempt to connect was cancelled"))
    guard connection == nil, let wsi else { return }
    lws_set_timeout(wsi, PENDING_TIMEOUT_USER_REASON_BASE, LWS_TO_KILL_ASYNC)
  }

  func close(_ code: CloseCode, waiter: CheckedContinuation<Void, Never>?) {
    guard wsi != nil else {
      waiter?.resume()
      return
    }
    if let waiter { endWaiters.append(waiter) }
    connection?.close(code, "")
  }
}

extension ClientSocket: ConnectionOwner {
  func connection(_ id: ConnectionID, received message: [UInt8]) {
    // The application is called, and flow control is changed, outside the library's callbacks.
    switch receiver {
    case .inbox(let inbox):
      guard inbox.put(message) == .pauseReading else { return }
      loopState.atTurnEnd { [self] in setReading(paused: true) }
    case .callback(let tell): loopState.atTurnEnd { tell(.received(message)) }
    }
  }

  func connection(_ id: ConnectionID, wrote messageCount: Int, byteCount: Int) {}

  func connection(_ id: ConnectionID, closed reason: CloseReason) { finish(reason) }
}
