import CLibWebSockets

/// One open WebSocket on the service thread: carries the decisions of `InboundMachine` out, and owns what is
/// to be written, because the library's callbacks may be spurious and take one message at a time.
final class Connection {
  /// Messages written in one callback while the kernel takes more. 16: a long queue must not starve other
  /// sockets.
  private static let writesPerTurn = 16

  private enum Lifecycle {
    case open
    /// Decided here; what is queued and then the close frame are to be written.
    case closing(CloseReason)
    /// The close frame is with the library, or the peer began to close.
    case ending
    /// The socket is gone.
    case gone
  }

  let id: ConnectionID
  private let wsi: OpaquePointer
  private let limits: ConnectionLimits
  private let writeBuffer: WriteBuffer
  private weak var owner: (any ConnectionOwner)?
  private var inbound: InboundMachine
  private var outgoing: OutgoingQueue
  private var lifecycle = Lifecycle.open
  private var isReported = false
  private var isPaused = false
  private var armedDeadline: MonotonicInstant?

  /// A connection whose handshake is complete. `wsi` must live until `socketGone`.
  init(
    id: ConnectionID, wsi: OpaquePointer, limits: ConnectionLimits, authenticationNeeded: Bool,
    writeBuffer: WriteBuffer, owner: any ConnectionOwner
  ) {
    self.id = id
    self.wsi = wsi
    self.limits = limits
    self.writeBuffer = writeBuffer
    self.owner = owner
    inbound = InboundMachine(
      limits: limits, authenticationNeeded: authenticationNeeded, now: .now)
    outgoing = OutgoingQueue(bytesMax: limits.outgoingQueueBytes, messagesMax: limits.outgoingQueueMessages)
    armTimer()
  }

  private var isOpen: Bool {
    if case .open = lifecycle { true } else { false }
  }

  // MARK: From the library

  /// A piece of a data frame.
  func received(_ bytes: UnsafeRawBufferPointer) -> Int32 {
    guard isOpen else { return CallbackResult.proceed }
    let chunk = FrameChunk(
      isBinary: lws_frame_is_binary(wsi) != 0,
      isFirstOfMessage: lws_is_first_fragment(wsi) != 0,
      remainingBytes: UInt64(lws_remaining_packet_payload(wsi)),
      isLastOfMessage: lws_is_final_fragment(wsi) != 0)
    return carryOut(inbound.chunkReceived(bytes, of: chunk, now: .now))
  }

  /// A pong.
  func pongReceived() -> Int32 {
    guard isOpen else { return CallbackResult.proceed }
    return carryOut(inbound.pongReceived(now: .now))
  }

  /// The timer that `armTimer` set.
  func timerFired() -> Int32 {
    armedDeadline = nil
    if isPaused {
      // Pongs wait unread with everything else: the silence is ours, not the peer's.
      lws_validity_confirmed(wsi)
    }
    guard isOpen else { return CallbackResult.proceed }
    return carryOut(inbound.timerFired(now: .now))
  }

  /// The peer sent a close frame; the library answers it when this returns.
  func peerClosing(_ payload: UnsafeRawBufferPointer) -> Int32 {
    lifecycle = .ending
    report(CloseFrame.reason(payload: payload))
    return CallbackResult.proceed
  }

  /// The socket takes bytes.
  func writeable() -> Int32 {
    var byteCount = 0
    var messageCount = 0
    defer {
      if messageCount > 0 { owner?.connection(id, wrote: messageCount, byteCount: byteCount) }
    }
    while messageCount < Self.writesPerTurn, let message = outgoing.popFirst() {
      guard writeBuffer.write(message, to: wsi, as: LWS_WRITE_BINARY) else { return CallbackResult.close }
      messageCount += 1
      byteCount += message.count
      if lws_send_pipe_choked(wsi) != 0 { break }
    }
    if !outgoing.isEmpty {
      lws_callback_on_writable(wsi)
    } else if case .closing(let reason) = lifecycle {
      return sendClose(reason)
    }
    return CallbackResult.proceed
  }

  /// The library freed the socket.
  func socketGone() {
    lifecycle = .gone
    outgoing.removeAll()
    report(.lost)
  }

  // MARK: From the application, outside the library's callbacks

  /// Writes a message, or queues it. A peer that reads too slowly is given up, and the memory with it.
  func send(_ message: [UInt8]) {
    guard isOpen else { return }
    if outgoing.isEmpty, lws_send_pipe_choked(wsi) == 0 { return write(message) }
    guard outgoing.append(message) else {
      giveUp(.init(initiator: .local, code: .tryAgainLater, text: "reads too slowly"))
      return
    }
    lws_callback_on_writable(wsi)
  }

  /// Writes a message that nothing waits before: most do not wait for the library to ask the system whether
  /// the socket takes more.
  private func write(_ message: [UInt8]) {
    guard writeBuffer.write(message, to: wsi, as: LWS_WRITE_BINARY) else {
      // The socket is broken, and may not be closed here.
      return lws_set_timeout(wsi, PENDING_TIMEOUT_USER_REASON_BASE, LWS_TO_KILL_ASYNC)
    }
    owner?.connection(id, wrote: 1, byteCount: message.count)
  }

  /// Lifts what holds before authentication.
  func authenticated() {
    inbound.authenticated()
    armTimer()
  }

  /// Writes what is queued, then closes.
  func close(_ code: CloseCode, _ text: String) {
    guard isOpen else { return }
    let sendable = code.isSendable ? code : .internalError
    beginClosing(CloseReason(initiator: .local, code: sendable, text: text))
  }

  /// Reads no more, or again.
  func setReading(paused: Bool) {
    guard isOpen, paused != isPaused else { return }
    isPaused = paused
    if paused {
      inbound.readingPaused(now: .now)
    } else {
      inbound.readingResumed(now: .now)
      lws_validity_confirmed(wsi)
    }
    lws_rx_flow_control(wsi, paused ? 0 : 1)
    armTimer()
  }

  // MARK: Closing

  private func carryOut(_ action: InboundMachine.Action) -> Int32 {
    switch action {
    case .none: break
    case .deliver(let message): owner?.connection(id, received: message)
    case .close(let code, let text):
      let reason = CloseReason(initiator: .local, code: code, text: text)
      outgoing.removeAll()
      report(reason)
      return sendClose(reason)
    }
    armTimer()
    return CallbackResult.proceed
  }

  private func giveUp(_ reason: CloseReason) {
    outgoing.removeAll()
    beginClosing(reason)
  }

  private func beginClosing(_ reason: CloseReason) {
    lifecycle = .closing(reason)
    report(reason)
    // The library closes the socket by force when the peer lets neither the queue nor the close frame out.
    // Reading goes on, so that the peer's own close frame is seen.
    let seconds = Int32(clamping: max(limits.closing.components.seconds, 1))
    lws_set_timeout(wsi, PENDING_TIMEOUT_USER_REASON_BASE, seconds)
    if isPaused {
      isPaused = false
      lws_rx_flow_control(wsi, 1)
    }
    lws_callback_on_writable(wsi)
  }

  /// Prepares the close frame; the caller returns the result, and the library sends it.
  private func sendClose(_ reason: CloseReason) -> Int32 {
    lifecycle = .ending
    var text = Array(CloseFrame.text(for: reason.code, reason.text).utf8)
    let status = lws_close_status(rawValue: UInt32(reason.code.rawValue))
    text.withUnsafeMutableBufferPointer {
      lws_close_reason(wsi, status, $0.baseAddress, $0.count)
    }
    return CallbackResult.close
  }

  private func report(_ reason: CloseReason) {
    guard !isReported else { return }
    isReported = true
    owner?.connection(id, closed: reason)
  }

  /// Sets the one timer of the socket. An idle, authenticated connection has none.
  private func armTimer() {
    guard isOpen else { return }
    var deadline = inbound.deadline
    if isPaused {
      let refresh = MonotonicInstant.now + limits.ping / 2
      deadline = deadline.map { min($0, refresh) } ?? refresh
    }
    // Re-arming costs the library a walk through a list; a timer that is too early asks again when it fires.
    guard let deadline else { return }
    if let armedDeadline, armedDeadline <= deadline { return }
    armedDeadline = deadline
    let wait = max(deadline - .now, .zero)
    lws_set_timer_usecs(wsi, wait.microseconds + 1)
  }
}
