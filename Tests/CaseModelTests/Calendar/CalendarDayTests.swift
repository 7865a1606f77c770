import CaseModel
import Testing

@Suite struct CalendarDayTests {
  /// Counts every day of three centuries by hand and compares.
  @Test func everyDayAgreesWithCounting() throws {
    var (year, month, day) = (1900, 1, 1)
    var weekday = 1  // 1900-01-01 was a Monday.
    for number in CalendarDay.min.dayNumber...CalendarDay.max.dayNumber {
      let value = try CalendarDay(dayNumber: number)
      let agrees =
        try value.components == (year, month, day) && value.weekday.rawValue == weekday
        && CalendarDay(year: year, month: month, day: day) == value
      try #require(agrees, "\(year)-\(month)-\(day)")
      let lengths = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      day += 1
      if day > lengths[month - 1] { (month, day) = (month + 1, 1) }
      if month > 12 { (year, month) = (year + 1, 1) }
      weekday = weekday % 7 + 1
    }
    #expect((year, month, day) == (2200, 1, 1))
  }

  private func isLeap(_ year: Int) -> Bool {
    year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
  }

  @Test func printsAndParses() throws {
    for seed in 0..<2_000 {
      var random = SplitMix64(seed: UInt64(seed))
      let day = try CalendarDay(dayNumber: Int32.random(in: -25_567...84_005, using: &random))
      #expect(try CalendarDay(day.description) == day)
    }
    #expect(try CalendarDay("1970-01-01").dayNumber == 0)
    #expect(CalendarDay.min.description == "1900-01-01")
    #expect(CalendarDay.max.description == "2199-12-31")
  }

  @Test(arguments: [
    "", "2020", "2020-1-1", "2020-01-1", "20200101", "2020-01-01 ", "2020-01-01T00:00", " 2020-01-01",
    "2020/01/01", "+020-01-01", "-020-01-01", "２０２０-01-01", "2020-01-0a", "2020-01-01-01",
    "99999999999999999999",
  ])
  func refusesOtherForms(_ text: String) {
    #expect(throws: CalendarDayError.malformed) { try CalendarDay(text) }
  }

  @Test(arguments: ["2020-00-01", "2020-13-01", "2020-01-00", "2020-01-32", "2019-02-29", "2100-02-29"])
  func refusesDaysThatAreNot(_ text: String) {
    #expect(throws: CalendarDayError.noSuchDay) { try CalendarDay(text) }
  }

  @Test func refusesOtherCenturies() throws {
    #expect(throws: CalendarDayError.outOfRange) { try CalendarDay("1899-12-31") }
    #expect(throws: CalendarDayError.outOfRange) { try CalendarDay("2200-01-01") }
    #expect(throws: CalendarDayError.outOfRange) { try CalendarDay(dayNumber: Int64.max) }
    #expect(throws: CalendarDayError.outOfRange) { try CalendarDay(dayNumber: -25_568) }
    #expect(throws: CalendarDayError.outOfRange) { try CalendarDay.max.adding(days: 1) }
    #expect(throws: CalendarDayError.outOfRange) { try CalendarDay.max.adding(days: .max) }
    #expect(throws: CalendarDayError.outOfRange) { try CalendarDay.min.adding(months: -1) }
    #expect(throws: CalendarDayError.outOfRange) { try CalendarDay.min.adding(months: .max) }
    #expect(throws: CalendarDayError.outOfRange) { try CalendarDay.min.adding(months: .min) }
  }

  @Test func addsDaysAndMonths() throws {
    #expect(try CalendarDay.on("2020-02-28").adding(days: 2) == .on("2020-03-01"))
    #expect(try CalendarDay.on("2020-01-31").adding(months: 1) == .on("2020-02-29"))
    #expect(try CalendarDay.on("2019-12-31").adding(months: 2) == .on("2020-02-29"))
    #expect(try CalendarDay.on("2020-03-31").adding(months: -1) == .on("2020-02-29"))
    #expect(try CalendarDay.on("2020-01-15").adding(months: -13) == .on("2018-12-15"))
    #expect(CalendarDay.on("2020-03-01").days(since: .on("2020-02-01")) == 29)
  }

  @Test func countsAges() {
    #expect(CalendarDay.on("2020-02-28").years(since: .on("2018-02-28")) == 2)
    #expect(CalendarDay.on("2020-02-27").years(since: .on("2018-02-28")) == 1)
    #expect(CalendarDay.on("2021-02-28").years(since: .on("2020-02-29")) == 0)
    #expect(CalendarDay.on("2021-03-01").years(since: .on("2020-02-29")) == 1)
    #expect(CalendarDay.on("2017-12-31").years(since: .on("2018-01-01")) == -1)
  }
}
