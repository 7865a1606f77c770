import CaseModel
import Testing

/// Days as people say them.
@Suite struct SpokenDayTests {
  /// A Wednesday.
  static let today = CalendarDay.on("2026-07-15")

  @Test(arguments: [
    ("i dag", "2026-07-15"), ("I-DAG", "2026-07-15"), ("today", "2026-07-15"), ("i morgen", "2026-07-16"),
    ("tomorrow", "2026-07-16"), ("i går", "2026-07-14"), ("i ga\u{30a}r", "2026-07-14"),
    ("yesterday", "2026-07-14"), ("om 3 dage", "2026-07-18"), ("om-3-dage", "2026-07-18"),
    ("om en uge", "2026-07-22"), ("in 2 weeks", "2026-07-29"), ("om 1 måned", "2026-08-15"),
    ("in 6 months", "2027-01-15"), ("om 0 dage", "2026-07-15"), ("for 3 dage siden", "2026-07-12"),
    ("2 weeks ago", "2026-07-01"), ("torsdag", "2026-07-16"), ("onsdag", "2026-07-22"),
    ("Monday", "2026-07-20"), ("på fredag", "2026-07-17"), ("next friday", "2026-07-17"),
    ("14/7-2026", "2026-07-14"), ("14.7.2026", "2026-07-14"), ("1/12/2026", "2026-12-01"),
    ("2026-02-28", "2026-02-28"),
  ]) func isADay(text: String, day: String) throws {
    #expect(try CalendarDay(spoken: text, today: Self.today).description == day)
  }

  @Test(arguments: [
    "", " ", "snart", "om dage", "om 3", "om 3 timer", "om 999999 dage", "in -3 days", "for 3 dage", "14/7",
    "14/7-26", "14/7-2026 kl. 10", "31/2-2026", "2026-02-30", "2026-2-3", "14//2026", "/", "0/0-2026",
    "99999 months ago", "om 99999 uger", "١/٧-٢٠٢٦", String(repeating: "i dag ", count: 40),
  ]) func isNone(text: String) {
    #expect(throws: CalendarDayError.self) { try CalendarDay(spoken: text, today: Self.today) }
  }

  /// From every day that there is, and whatever is typed, nothing traps.
  @Test func nothingTraps() {
    var random = SplitMix64(seed: 7)
    let pieces = [
      "om", "in", "for", "siden", "ago", "3", "99999", "dage", "months", "/", "-", ".", " ", "fredag",
    ]
    for _ in 0..<5_000 {
      let text = (0...random.below(6)).map { _ in random.pick(pieces) }
        .joined(separator: random.chance(50) ? " " : "")
      for today in [CalendarDay.min, Self.today, .max] { _ = try? CalendarDay(spoken: text, today: today) }
    }
  }

  /// A slip in the year is further away than anybody means.
  @Test(arguments: [
    ("2026-07-15", true), ("2046-07-15", true), ("2046-07-16", false), ("1900-01-01", true),
    ("2126-07-15", false),
  ]) func isWithinReach(day: String, isNear: Bool) throws {
    #expect(try CalendarDay(day).isWithinReach(of: Self.today) == isNear)
    #expect(try !CalendarDay("1900-01-01").isWithinReach(of: CalendarDay("2050-01-02")))
  }
}
