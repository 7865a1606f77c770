/// A span of the server's time, from its start up to but not including its end.
struct Period: Sendable, Hashable {
  /// Milliseconds since 1970; `nil` when it has no beginning.
  var start: Int64?
  /// Milliseconds since 1970; `nil` when it has no end.
  var end: Int64?

  /// Whether it contains an instant.
  func contains(_ instant: Int64) -> Bool {
    if let start, instant < start { return false }
    if let end, instant >= end { return false }
    return true
  }

  /// Whether it is over at an instant.
  func isOver(at instant: Int64) -> Bool { end.map { instant >= $0 } ?? false }

  /// Whether there is an instant in it.
  var isPossible: Bool {
    guard let start, let end else { return true }
    return start < end
  }

  /// The period, ended at the latest so long after it began; one without a beginning ends at once.
  func limited(to length: Int64) -> Period {
    guard let start else { return Period(start: start, end: .min) }
    let latest = Period.instant(start, plus: length)
    return Period(start: start, end: end.map { min($0, latest) } ?? latest)
  }

  /// The first of its bounds after an instant.
  func change(after instant: Int64) -> Int64? { Period.earliest([start, end], after: instant) }

  /// An instant moved by milliseconds, or the last there is: what a record says must not trap.
  static func instant(_ instant: Int64, plus length: Int64) -> Int64 {
    let (sum, overflows) = instant.addingReportingOverflow(length)
    return overflows ? (length > 0 ? .max : .min) : sum
  }

  /// The earliest of several instants that comes after one.
  static func earliest(_ instants: [Int64?], after instant: Int64) -> Int64? {
    instants.compactMap { $0 }.filter { $0 > instant }.min()
  }
}
