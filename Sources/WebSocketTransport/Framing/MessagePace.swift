/// A point on the clock that neither jumps nor goes back.
typealias MonotonicInstant = ContinuousClock.Instant

/// By when a message must have got how far: complete within a time, and never slower than a rate on average.
struct MessagePace {
  private var started: MonotonicInstant
  private let completion: Duration
  private let bytesPerSecond: Int
  private let grace: Duration

  init(started: MonotonicInstant, limits: ConnectionLimits) {
    self.started = started
    completion = limits.messageCompletion
    bytesPerSecond = limits.messageBytesPerSecond
    grace = limits.messageRateGrace
  }

  /// The moment at which a message with so many bytes is too late, unless more arrive.
  func deadline(byteCount: Int) -> MonotonicInstant {
    let earned = Duration.seconds(byteCount) / bytesPerSecond
    return started + min(completion, grace + earned)
  }

  /// Leaves a time out of account in which this side did not read.
  mutating func excuse(_ duration: Duration) {
    started += duration
  }
}
