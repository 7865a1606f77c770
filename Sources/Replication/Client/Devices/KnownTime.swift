/// What a device knows of its server's time while it does not reach it: the latest instant that it has reason
/// to believe in. It never goes back but by the server's own word.
///
/// The device's clock may be set by whoever has the device. So what was known once stays known, and as long
/// as the machine runs on, the time that passed is counted by a clock that nobody sets.
public struct KnownTime: Hashable, Sendable {
  /// What the clocks of a device show at one moment.
  public struct Reading: Hashable, Sendable {
    /// Milliseconds since 1970 by the clock that people set.
    public let wall: Int64
    /// Names the run of the machine since it was started; `nil` where that is not known.
    public let boot: String?
    /// Milliseconds since it was started, those in which it slept included.
    public let uptime: Int64

    /// Describes a reading.
    public init(wall: Int64, boot: String?, uptime: Int64) {
      self.wall = wall
      self.boot = boot
      self.uptime = uptime
    }
  }

  /// Milliseconds since 1970 by the server's clock.
  public let time: Int64
  /// When that was, by the clock that nobody sets; `nil` where it was not read.
  public let boot: String?
  /// See `boot`.
  public let uptime: Int64

  /// Describes what is known.
  public init(time: Int64, boot: String? = nil, uptime: Int64 = 0) {
    self.time = time
    self.boot = boot
    self.uptime = uptime
  }

  /// What is known at a later moment.
  ///
  /// - Parameter offset: the server's clock minus the one that people set, as last told, in milliseconds.
  public func advanced(to reading: Reading, offset: Int64) -> KnownTime {
    let shown = reading.wall.addingClamped(offset)
    var counted = time
    if let boot, boot == reading.boot, reading.uptime > uptime {
      counted = time.addingClamped(reading.uptime - uptime)
    }
    return KnownTime(time: max(time, shown, counted), boot: reading.boot, uptime: reading.uptime)
  }
}

extension Int64 {
  /// The sum, or the nearest number that there is.
  fileprivate func addingClamped(_ other: Int64) -> Int64 {
    let (sum, overflows) = addingReportingOverflow(other)
    return overflows ? (other < 0 ? .min : .max) : sum
  }
}
