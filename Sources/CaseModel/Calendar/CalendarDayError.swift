/// Why something is not a calendar day.
public enum CalendarDayError: Error, Hashable, Sendable {
  /// The text is not of the form `yyyy-mm-dd`.
  case malformed
  /// There is no such month, or no such day in it.
  case noSuchDay
  /// The day lies outside the years 1900–2199.
  case outOfRange
  /// The words may mean any of these days.
  case ambiguous([CalendarDay])
}
