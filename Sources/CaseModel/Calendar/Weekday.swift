/// A day of the week, numbered from Monday as 1 (ISO 8601-1:2019 §4.2.2).
public enum Weekday: Int, Hashable, Sendable, CaseIterable {
  /// Day 1.
  case monday = 1
  /// Day 2.
  case tuesday
  /// Day 3.
  case wednesday
  /// Day 4.
  case thursday
  /// Day 5.
  case friday
  /// Day 6.
  case saturday
  /// Day 7.
  case sunday
}
