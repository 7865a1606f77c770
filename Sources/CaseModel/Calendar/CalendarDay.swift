/// A day of the proleptic Gregorian calendar, without a time or a zone.
///
/// A record says on which day something *happened*; when it was written is the change's own matter. Zones
/// stay at the edge: whoever turns an instant into a day knows the tenant's zone. Days run from 1900-01-01 to
/// 2199-12-31, so that no arithmetic on them can overflow and a mistyped century is noticed.
///
/// The conversion between days and dates is Hinnant's ("chrono-Compatible Low-Level Date Algorithms", 2013).
public struct CalendarDay: Hashable, Sendable, Comparable {
  /// Days since 1970-01-01, negative before.
  public let dayNumber: Int32

  /// The first day that can be written: 1900-01-01.
  public static let min = CalendarDay(unchecked: -25_567)
  /// The last day that can be written: 2199-12-31.
  public static let max = CalendarDay(unchecked: 84_005)

  private init(unchecked dayNumber: Int32) { self.dayNumber = dayNumber }

  /// Makes a day of the days since 1970-01-01, as a record holds it.
  ///
  /// - Throws: `outOfRange` when the day lies outside the years 1900–2199.
  public init(dayNumber: some BinaryInteger) throws(CalendarDayError) {
    guard let number = Int32(exactly: dayNumber), number >= Self.min.dayNumber, number <= Self.max.dayNumber
    else { throw .outOfRange }
    self.init(unchecked: number)
  }

  /// Makes a day of a year, a month from 1 and a day of the month from 1.
  ///
  /// - Throws: `outOfRange` for a year outside 1900–2199, `noSuchDay` for a month or day that does not exist.
  public init(year: Int, month: Int, day: Int) throws(CalendarDayError) {
    guard (1900...2199).contains(year) else { throw .outOfRange }
    guard (1...12).contains(month), (1...Self.daysInMonth(month, year: year)).contains(day) else {
      throw .noSuchDay
    }
    // Years begin in March here, so that the leap day is a year's last.
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = shiftedYear / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    self.init(unchecked: Int32(era * 146_097 + dayOfEra - 719_468))
  }

  /// The year, the month from 1 and the day of the month from 1.
  public var components: (year: Int, month: Int, day: Int) {
    let shifted = Int(dayNumber) + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// How many days a month from 1 to 12 has; 0 for any other number.
  public static func daysInMonth(_ month: Int, year: Int) -> Int {
    switch month {
    case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
    case 4, 6, 9, 11: 30
    case 1...12: 31
    default: 0
    }
  }

  /// Whether one day comes before another.
  public static func < (left: CalendarDay, right: CalendarDay) -> Bool { left.dayNumber < right.dayNumber }
}
