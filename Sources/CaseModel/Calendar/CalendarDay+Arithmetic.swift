extension CalendarDay {
  /// The days from another day to this one, negative when this one is earlier.
  public func days(since other: CalendarDay) -> Int { Int(dayNumber) - Int(other.dayNumber) }

  /// The day that lies `days` later, or earlier when negative.
  ///
  /// - Throws: `outOfRange` when that day lies outside the years 1900–2199.
  public func adding(days: Int) throws(CalendarDayError) -> CalendarDay {
    let (sum, overflow) = Int(dayNumber).addingReportingOverflow(days)
    guard !overflow else { throw .outOfRange }
    return try CalendarDay(dayNumber: sum)
  }

  /// The same day of the month `months` later, or earlier when negative; the month's last day when it has no
  /// such day (a month after 31 January is 28 or 29 February).
  ///
  /// - Throws: `outOfRange` when that day lies outside the years 1900–2199.
  public func adding(months: Int) throws(CalendarDayError) -> CalendarDay {
    guard (-3600...3600).contains(months) else { throw .outOfRange }
    let (year, month, day) = components
    let total = year * 12 + month - 1 + months
    let newYear = total / 12
    let newMonth = total % 12 + 1
    return try CalendarDay(
      year: newYear, month: newMonth, day: Swift.min(day, Self.daysInMonth(newMonth, year: newYear)))
  }

  /// Whole years from another day to this one, as an age is counted; negative when this day is earlier.
  ///
  /// A person born on 29 February turns a year older on 1 March of a common year.
  public func years(since birth: CalendarDay) -> Int {
    let now = components
    let then = birth.components
    let hadBirthday = (now.month, now.day) >= (then.month, then.day)
    return now.year - then.year - (hadBirthday ? 0 : 1)
  }

  /// The day of the week.
  public var weekday: Weekday {
    // 1970-01-01 was a Thursday, the fourth day; the sum is positive for every day that can be written.
    switch (Int(dayNumber) + 25_571 * 7 + 3) % 7 {
    case 0: .monday
    case 1: .tuesday
    case 2: .wednesday
    case 3: .thursday
    case 4: .friday
    case 5: .saturday
    default: .sunday
    }
  }
}
