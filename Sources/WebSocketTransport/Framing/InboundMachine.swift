/// Decides on what a peer sends: pieces of frames, pongs and time in; messages or a close code out. No
/// socket, no clock.
struct InboundMachine {
  /// What the connection has to do.
  enum Action: Equatable {
    /// Nothing.
    case none
    /// Hand a message to the application.
    case deliver([UInt8])
    /// Close with this code and text.
    case close(CloseCode, String)
  }

  private let limits: ConnectionLimits
  private var assembler: MessageAssembler
  private var pace: MessagePace?
  private var controlFrames: RateLimit
  private var authenticationDeadline: MonotonicInstant?
  private var messagesBeforeAuthentication = 0
  private var pausedSince: MonotonicInstant?

  /// A connection that was opened now; `authenticationNeeded` is false for a client, which chose its server.
  init(limits: ConnectionLimits, authenticationNeeded: Bool, now: MonotonicInstant) {
    self.limits = limits
    let bytes =
      authenticationNeeded
      ? min(limits.preAuthenticationMessageBytes, limits.messageBytes) : limits.messageBytes
    assembler = MessageAssembler(messageBytesMax: bytes, fragmentsMax: limits.fragmentsPerMessage)
    controlFrames = RateLimit(perSecond: limits.controlFramesPerSecond)
    authenticationDeadline = authenticationNeeded ? now + limits.authentication : nil
  }

  /// Whether the limits before authentication hold.
  var isAwaitingAuthentication: Bool { authenticationDeadline != nil }

  /// When `timerFired` wants to be called, if nothing happens before. Nil for an idle connection, which costs
  /// no timer.
  var deadline: MonotonicInstant? {
    let message = pausedSince == nil ? pace?.deadline(byteCount: assembler.partialByteCount) : nil
    guard let authenticationDeadline else { return message }
    return message.map { min($0, authenticationDeadline) } ?? authenticationDeadline
  }

  /// A piece of a data frame arrived.
  mutating func chunkReceived(
    _ bytes: UnsafeRawBufferPointer, of chunk: FrameChunk, now: MonotonicInstant
  ) -> Action {
    switch assembler.receive(bytes, of: chunk) {
    case .violation(let code, let text):
      return .close(code, text)
    case .incomplete:
      if pace == nil { pace = MessagePace(started: now, limits: limits) }
      return .none
    case .message(let message):
      pace = nil
      if isAwaitingAuthentication {
        messagesBeforeAuthentication += 1
        guard messagesBeforeAuthentication <= limits.preAuthenticationMessages else {
          return .close(.policyViolation, "not authenticated")
        }
      }
      return .deliver(message)
    }
  }

  /// A pong arrived, asked for or not.
  mutating func pongReceived(now: MonotonicInstant) -> Action {
    controlFrames.admit(at: now) ? .none : .close(.policyViolation, "too many control frames")
  }

  /// The application knows who the peer is.
  mutating func authenticated() {
    authenticationDeadline = nil
    assembler.messageBytesMax = limits.messageBytes
  }

  /// The moment of `deadline` came, or another one.
  func timerFired(now: MonotonicInstant) -> Action {
    if let authenticationDeadline, now >= authenticationDeadline {
      return .close(.policyViolation, "not authenticated in time")
    }
    if let deadline, now >= deadline {
      return .close(.policyViolation, "message too slow")
    }
    return .none
  }

  /// This side reads no more: the peer's message cannot be late meanwhile.
  mutating func readingPaused(now: MonotonicInstant) {
    if pausedSince == nil { pausedSince = now }
  }

  /// This side reads again.
  mutating func readingResumed(now: MonotonicInstant) {
    guard let since = pausedSince else { return }
    pausedSince = nil
    pace?.excuse(now - since)
  }
}
