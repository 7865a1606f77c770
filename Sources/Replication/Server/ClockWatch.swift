/// Where in the log the server's clock was found to have gone back.
///
/// What a person was given by a clock that showed another time she did not gain then, and gains when the
/// clock is set right, though nobody writes anything. So that her cursor was given out in time says nothing.
struct ClockWatch {
  private var latest: Int64?
  /// The log's position when the clock was looked at first.
  private var startedAt: UInt64 = 0
  /// The log's position when it was found to have gone back last.
  private var setBackAt: UInt64?

  /// Notes what the clock shows.
  ///
  /// - Parameter position: the log's last position.
  /// - Returns: whether it went back.
  mutating func note(_ now: Int64, at position: UInt64) -> Bool {
    defer { latest = now }
    guard let latest else {
      startedAt = position
      return false
    }
    guard now < latest else { return false }
    setBackAt = position
    return true
  }

  /// Whether the clock went back between a cursor and what concerned its person after it.
  ///
  /// What it showed before the server was started, cursors alone tell.
  func wentBack(since position: UInt64, givenAt: Int64, before concern: Concern) -> Bool {
    guard position < concern.position else { return false }
    if let setBackAt, position <= setBackAt { return true }
    return position <= startedAt && concern.earliest < givenAt
  }
}

/// Where and when what governs a person's rights changed, since the server was started.
struct Concern {
  /// The last position at which it did.
  private(set) var position: UInt64
  /// The earliest instant that it did, by the server's clock.
  private(set) var earliest: Int64

  /// It changed once more.
  static func noted(_ before: Concern?, at position: UInt64, by now: Int64) -> Concern {
    Concern(position: position, earliest: min(before?.earliest ?? now, now))
  }
}
