/// What a report is about in time: what had happened by a day, in a period or from the beginning.
public struct ReportPeriod: Sendable, Hashable {
  /// The first day; `nil` when the period has no beginning.
  public let start: CalendarDay?
  /// The last day that counts, by when things happened and not when they were written.
  public let end: CalendarDay

  /// Names a period, both days included.
  public init(from start: CalendarDay? = nil, at end: CalendarDay) {
    self.start = start
    self.end = end
  }

  /// Whether a day lies in it.
  public func contains(_ day: CalendarDay) -> Bool { day <= end && start.map { $0 <= day } ?? true }
}
