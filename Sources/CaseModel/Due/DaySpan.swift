/// Days in a row.
public struct DaySpan: Sendable, Hashable {
  /// The first day.
  public let first: CalendarDay
  /// The last day; `nil` as long as it goes on.
  public let last: CalendarDay?

  /// Names days in a row; `nil` when the last comes before the first.
  public init?(from first: CalendarDay, through last: CalendarDay?) {
    if let last, last < first { return nil }
    self.first = first
    self.last = last
  }

  /// Whether a day is one of them.
  public func contains(_ day: CalendarDay) -> Bool { first <= day && day <= (last ?? .max) }

  /// The days that are in both; `nil` when there is none.
  func common(with other: DaySpan) -> DaySpan? {
    let end = last.map { own in other.last.map { min(own, $0) } ?? own } ?? other.last
    return DaySpan(from: max(first, other.first), through: end)
  }
}
