import WireProtocol

/// When the logs of knowing are to be signed, by a clock that somebody may set.
public struct SigningSchedule: Sendable {
  /// From one signature to the next, in milliseconds: a little less than what is promised, since waking and
  /// signing take their time too.
  public static let period = Limits.checkpointSeconds * 1_000 - 5_000

  /// When they are due, in milliseconds since 1970 by the server's clock; `nil` before `begin`.
  public private(set) var due: Int64?

  /// Nothing is signed.
  public init() {}

  /// From now on they are signed in time.
  public mutating func begin(at now: Int64) { due = now }

  /// Whether they are to be signed now; then the next time is a period later. A clock that was set back does
  /// not put it off.
  public mutating func takeTurn(at now: Int64) -> Bool {
    guard let due else { return false }
    let (wait, isFar) = due.subtractingReportingOverflow(now)
    guard isFar || wait <= 0 || wait > Self.period else { return false }
    let (next, isLast) = now.addingReportingOverflow(Self.period)
    self.due = isLast ? .max : next
    return true
  }
}
