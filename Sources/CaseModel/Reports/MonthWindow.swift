/// A month of the calendar, as contacts are counted in (R32).
public struct MonthWindow: Sendable, Hashable, Comparable {
  /// Its first day.
  public let first: CalendarDay
  /// Its last day.
  public let last: CalendarDay

  /// The months that lie whole between two days, both included, the earliest first.
  public static func whole(from start: CalendarDay, through end: CalendarDay) -> [MonthWindow] {
    var months: [MonthWindow] = []
    let (year, month, day) = start.components
    guard var first = try? CalendarDay(year: year, month: month, day: 1) else { return [] }
    if day > 1 {
      guard let next = try? first.adding(months: 1) else { return [] }
      first = next
    }
    while let last = lastDay(of: first), last <= end {
      months.append(MonthWindow(first: first, last: last))
      guard let next = try? last.adding(days: 1) else { break }
      first = next
    }
    return months
  }

  private static func lastDay(of first: CalendarDay) -> CalendarDay? {
    let (year, month, _) = first.components
    return try? CalendarDay(year: year, month: month, day: CalendarDay.daysInMonth(month, year: year))
  }

  /// Whether a day lies in it.
  public func contains(_ day: CalendarDay) -> Bool { first <= day && day <= last }

  /// The month as `yyyy-mm`.
  public var text: String { String(first.description.prefix(7)) }

  /// In the order of time.
  public static func < (left: MonthWindow, right: MonthWindow) -> Bool { left.first < right.first }
}
