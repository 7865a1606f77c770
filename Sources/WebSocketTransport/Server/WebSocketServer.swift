public import Logging
import Synchronization

/// A WebSocket server. It knows bytes only: who the peer is and what it says are its user's business.
///
/// A peer is unknown until `authenticated` is called for it, and until then it may cost very little; see
/// `ConnectionLimits`.
public final class WebSocketServer: Sendable {
  /// The port that is listened on.
  public let port: Int

  private let loop: ServiceLoop
  private let endpoint: LoopBound<ServerEndpoint>
  private let ledger: BacklogLedger
  private let commands = Mutex<[TransportCommand]>([])
  private let closing: Duration

  /// Binds and starts serving. `onEvents` is called on the service thread with what happened in one turn of
  /// the loop, in order; it must be quick and hand the work on. Blocks until the port is bound.
  ///
  /// - Throws: `cannotListen`, `plaintextNotAllowed`, `invalidConfiguration`, `unavailable`.
  public init(
    configuration: ServerConfiguration, loop: ServiceLoop, logger: Logger,
    onEvents: @escaping @Sendable ([ConnectionEvent]) -> Void
  ) throws(TransportError) {
    try configuration.limits.validate()
    guard HandshakePolicy.isToken(configuration.subprotocol) else {
      throw TransportError(.invalidConfiguration, "a subprotocol is a token of 1 to 63 characters")
    }
    let ledger = BacklogLedger(limits: configuration.limits)
    (port, endpoint) = try loop.performAndWait {
      () -> Result<(Int, LoopBound<ServerEndpoint>), TransportError> in
      let endpoint = ServerEndpoint(
        configuration: configuration, ledger: ledger, loopState: loop.onLoop, logger: logger,
        onEvents: onEvents)
      do throws(TransportError) {
        return .success((try endpoint.start(), LoopBound(endpoint, loop: loop)))
      } catch {
        return .failure(error)
      }
    }
    self.ledger = ledger
    self.loop = loop
    closing = configuration.limits.closing
  }

  /// Queues a message. False: the peer reads more slowly than is written to it; the message is queued all the
  /// same, but hold back until `backlogCleared`. At the bounds of `ConnectionLimits` the peer is given up
  /// with 1013.
  @discardableResult
  public func send(_ message: [UInt8], to id: ConnectionID) -> Bool {
    let hasRoom = ledger.posted(message.count, to: id)
    append([.send(id, message)])
    return hasRoom
  }

  /// Carries commands out in order, after all that were posted before. One wake of the loop for all. Any
  /// thread.
  public func post(_ commands: [TransportCommand]) {
    for case .send(let id, let message) in commands { _ = ledger.posted(message.count, to: id) }
    append(commands)
  }

  /// Writes what is queued for the connection, then closes it.
  public func close(_ id: ConnectionID, code: CloseCode, reason: String) {
    append([.close(id, code, reason)])
  }

  /// Lifts the limits and the timer that hold before authentication.
  public func authenticated(_ id: ConnectionID) {
    append([.authenticated(id)])
  }

  /// Lets nobody in any more, writes what is queued, closes everyone with the code and frees the port. What
  /// has not ended after twice `ConnectionLimits.closing` is cut.
  public func stop(code: CloseCode) async {
    let deadline = Task { [loop, endpoint, closing] in
      try await Task.sleep(for: closing * 2)
      loop.post { endpoint.onLoop.stopNow() }
    }
    await withCheckedContinuation { continuation in
      let isPosted = loop.post { [endpoint] in endpoint.onLoop.stop(code, waiter: continuation) }
      if !isPosted { continuation.resume() }
    }
    deadline.cancel()
  }

  private func append(_ new: [TransportCommand]) {
    let wasEmpty = commands.withLock { commands in
      defer { commands.append(contentsOf: new) }
      return commands.isEmpty
    }
    guard wasEmpty || loop.isOnLoop, !new.isEmpty else { return }
    loop.performOrPost { [self] in
      let batch = commands.withLock { commands in
        defer { commands = [] }
        return commands
      }
      endpoint.onLoop.perform(batch)
    }
  }
}
