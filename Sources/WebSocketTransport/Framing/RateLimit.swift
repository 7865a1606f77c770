/// At most so many events in any one window of a second.
struct RateLimit {
  private let countMax: Int
  private var windowStart: MonotonicInstant?
  private var count = 0

  init(perSecond countMax: Int) {
    self.countMax = countMax
  }

  /// Counts an event; false when it is one too many.
  mutating func admit(at now: MonotonicInstant) -> Bool {
    if let start = windowStart, now - start < .seconds(1) {
      count += 1
    } else {
      windowStart = now
      count = 1
    }
    return count <= countMax
  }
}
