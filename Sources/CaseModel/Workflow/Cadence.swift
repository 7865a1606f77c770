/// How often something is done at least: every so many days, or months of the calendar.
public struct Cadence: Sendable, Hashable, CustomStringConvertible {
  /// What is counted.
  public enum Unit: String, Sendable, Hashable {
    /// Days.
    case days
    /// Months of the calendar: from the 31st to the last day of a shorter month.
    case months
  }

  /// How many, from 1.
  public let count: Int
  /// Of what.
  public let unit: Unit

  /// The most of a unit that a cadence may count.
  public static let countMax = 366

  /// Every so many days or months; `nil` for none, a negative number or more than `countMax`.
  public init?(_ count: Int, _ unit: Unit) {
    guard (1...Self.countMax).contains(count) else { return nil }
    self.count = count
    self.unit = unit
  }

  private init(counted count: Int, _ unit: Unit) {
    self.count = count
    self.unit = unit
  }

  /// Every month.
  public static let month = Cadence(counted: 1, .months)
  /// Every three months.
  public static let quarter = Cadence(counted: 3, .months)

  /// Reads `14 days`, `2 weeks` or `1 month`; `nil` for anything else.
  public init?(_ text: String) {
    let words = text.split(separator: " ")
    guard words.count == 2, let count = Int(words[0]), (1...Self.countMax).contains(count) else { return nil }
    switch words[1] {
    case "day", "days": self.init(count, .days)
    case "week", "weeks": self.init(count * 7, .days)
    case "month", "months": self.init(count, .months)
    default: return nil
    }
  }

  /// The last day on which it is in time, after it was done on a day; the last day that can be written where
  /// that would lie beyond it.
  public func due(after day: CalendarDay) -> CalendarDay {
    self.day(1, after: day) ?? .max
  }

  /// The day that lies so many times the cadence after another; `nil` where none can be written.
  func day(_ number: Int, after day: CalendarDay) -> CalendarDay? {
    switch unit {
    case .days: try? day.adding(days: number * count)
    case .months: try? day.adding(months: number * count)
    }
  }

  /// As a definition writes it.
  public var description: String {
    switch unit {
    case .days: count == 1 ? "1 day" : "\(count) days"
    case .months: count == 1 ? "1 month" : "\(count) months"
    }
  }
}
