public import Logging

/// One outgoing WebSocket.
public final class WebSocketClient: Sendable {
  /// Messages in the order of their arrival; ends when the connection is closed. For one consumer: a second
  /// one that waits at the same time gets the end. When they are not taken, the client reads no more, and the
  /// server waits.
  public let messages: AsyncStream<[UInt8]>

  private let loop: ServiceLoop
  private let socket: LoopBound<ClientSocket>
  private let inbox: MessageInbox

  private init(loop: ServiceLoop, socket: LoopBound<ClientSocket>, inbox: MessageInbox) {
    self.loop = loop
    self.socket = socket
    self.inbox = inbox
    messages = AsyncStream(unfolding: { await Self.next(inbox, loop, socket) })
  }

  /// The next message, as from `messages`, on the caller's executor without another thread in between.
  public nonisolated(nonsending) func nextMessage() async -> [UInt8]? {
    await Self.next(inbox, loop, socket)
  }

  private nonisolated(nonsending) static func next(
    _ inbox: MessageInbox, _ loop: ServiceLoop, _ socket: LoopBound<ClientSocket>
  ) async -> [UInt8]? {
    await inbox.next { pressure in
      guard pressure == .resumeReading else { return }
      loop.post { socket.onLoop.setReading(paused: false) }
    }
  }

  /// Why the connection ended; set when `messages` has finished.
  public var closeReason: CloseReason? { inbox.closeReason }

  /// Connects. Tries the host's addresses one after the other, all within
  /// `ClientConfiguration.connectTimeout`.
  ///
  /// - Throws: `plaintextNotAllowed` for `ws://` to another machine, `hostNotFound`, `connectionRefused`,
  ///   `certificateRejected`, `handshakeRejected`, `timedOut`, `cancelled`, `invalidConfiguration`,
  ///   `unavailable`.
  public static func connect(
    _ configuration: ClientConfiguration, loop: ServiceLoop, logger: Logger
  ) async throws(TransportError) -> WebSocketClient {
    let inbox = MessageInbox(byteCountMax: configuration.incomingQueueBytes)
    return try await connect(configuration, .inbox(inbox), inbox, loop: loop, logger: logger)
  }

  /// Connects as above. What comes is told on the service thread, where it takes part in the loop's turns,
  /// and costs no wake-up of another; `messages` has nothing. While `onEvent` works, no socket of the loop is
  /// looked after, and so the peers' bytes wait for it.
  public static func connect(
    _ configuration: ClientConfiguration, loop: ServiceLoop, logger: Logger,
    onEvent: @escaping @Sendable (ClientEvent) -> Void
  ) async throws(TransportError) -> WebSocketClient {
    let inbox = MessageInbox(byteCountMax: 0)
    inbox.finish(.lost)
    return try await connect(configuration, .callback(onEvent), inbox, loop: loop, logger: logger)
  }

  private static func connect(
    _ configuration: ClientConfiguration, _ receiver: MessageReceiver, _ inbox: MessageInbox,
    loop: ServiceLoop, logger: Logger
  ) async throws(TransportError) -> WebSocketClient {
    let url = try WebSocketURL(configuration.url)
    try configuration.limits.validate()
    guard HandshakePolicy.isToken(configuration.subprotocol) else {
      throw TransportError(.invalidConfiguration, "a subprotocol is a token of 1 to 63 characters")
    }
    let end = ContinuousClock.now + configuration.connectTimeout
    var failure = TransportError(.hostNotFound, "the host name has no address")
    for address in try await HostResolver.addresses(of: url.host) {
      guard url.isSecure || address.isLoopback || configuration.allowsPlaintextToOtherMachines else {
        throw TransportError(.plaintextNotAllowed, "ws:// leads to this machine only; use wss://")
      }
      guard end > .now else { throw TransportError(.timedOut, "no answer in time") }
      do throws(TransportError) {
        let socket = try await attempt(
          configuration, receiver, url: url, address: address, until: end, loop: loop)
        return WebSocketClient(loop: loop, socket: socket, inbox: inbox)
      } catch {
        failure = error
        // Another address does not help against these.
        if [.cancelled, .unavailable, .invalidConfiguration].contains(error.code) { break }
      }
    }
    logger.debug("connect failed", metadata: ["why": "\(failure.code)"])
    throw failure
  }

  private static func attempt(
    _ configuration: ClientConfiguration, _ receiver: MessageReceiver, url: WebSocketURL,
    address: PeerAddress, until deadline: MonotonicInstant, loop: ServiceLoop
  ) async throws(TransportError) -> LoopBound<ClientSocket> {
    let made: Result<LoopBound<ClientSocket>, TransportError> = await withCheckedContinuation {
      continuation in
      let isPosted = loop.post {
        let socket = ClientSocket(
          configuration: configuration, receiver: receiver, loopState: loop.onLoop)
        continuation.resume(returning: .success(LoopBound(socket, loop: loop)))
      }
      if !isPosted { continuation.resume(returning: .failure(.loopIsOver)) }
    }
    let socket = try made.get()
    let outcome: Result<Void, TransportError> = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isPosted = loop.post {
          socket.onLoop.connect(to: address, url: url, until: deadline, continuation)
        }
        if !isPosted { continuation.resume(returning: .failure(.loopIsOver)) }
      }
    } onCancel: {
      loop.post { socket.onLoop.abandon() }
    }
    try outcome.get()
    return socket
  }

  /// Writes a message, or queues it. Beyond `ClientConfiguration.outgoingQueueBytes` the connection is
  /// given up.
  public func send(_ message: [UInt8]) {
    loop.performOrPost { [socket] in socket.onLoop.send(message) }
  }

  /// Writes what is queued, closes with the code, and returns when the socket is gone, which takes a few
  /// seconds when the server does not answer.
  public func close(code: CloseCode = .normal) async {
    await withCheckedContinuation { continuation in
      let isPosted = loop.post { [socket] in socket.onLoop.close(code, waiter: continuation) }
      if !isPosted { continuation.resume() }
    }
  }

  deinit {
    loop.post { [socket] in socket.onLoop.close(.goingAway, waiter: nil) }
  }
}

extension TransportError {
  static let loopIsOver = TransportError(.unavailable, "the service loop has been shut down")
}
