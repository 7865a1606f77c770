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
    ("Monday", "2026-07-20"), ("på fredag", "2026-07-17"), ("next monday", "2026-07-20"),
    ("mandag i næste uge", "2026-07-20"), ("friday-next-week", "2026-07-24"), ("i-mandags", "2026-07-13"),
    ("last wednesday", "2026-07-08"), ("1/12", "2026-12-01"), ("14.7", "2026-07-14"),
    ("24.12.", "2026-12-24"),
    ("24.12.26", "2026-12-24"), ("14/7-26", "2026-07-14"), ("3.4.99", "1999-04-03"),
    ("29/2", "2028-02-29"), ("13/07/26", "2026-07-13"),
    ("14/7-2026", "2026-07-14"), ("14.7.2026", "2026-07-14"), ("1/12/2026", "2026-12-01"),
    ("2026-02-28", "2026-02-28"),
  ]) func isADay(text: String, day: String) throws {
    #expect(try CalendarDay(spoken: text, today: Self.today).description == day)
  }

  @Test(arguments: [
    "", " ", "snart", "om dage", "om 3", "om 3 timer", "om 999999 dage", "in -3 days", "for 3 dage", "14-7",
    "32/1",
    "114/7-26", "14/7-6", "29/2-27", "14/7-2026 kl. 10", "31/2-2026", "2026-02-30", "2026-2-3", "14//2026",
    "/", "0/0-2026",
    "99999 months ago", "om 99999 uger", "١/٧-٢٠٢٦", String(repeating: "i dag ", count: 40),
  ]) func isNone(text: String) {
    #expect(throws: CalendarDayError.self) { try CalendarDay(spoken: text, today: Self.today) }
  }

  /// A day without its year or week lies where the option that takes it looks.
  @Test(arguments: [
    ("1/7", "2027-07-01", "2026-07-01"), ("1/8", "2026-08-01", "2025-08-01"),
    ("15/7", "2026-07-15", "2026-07-15"), ("mandag", "2026-07-20", "2026-07-13"),
    ("wednesday", "2026-07-22", "2026-07-08"), ("1.2.45", "2045-02-01", "1945-02-01"),
    ("på mandag", "2026-07-20", "2026-07-20"), ("i mandags", "2026-07-13", "2026-07-13"),
    ("29/2", "2028-02-29", "2024-02-29"), ("24.12.2025", "2025-12-24", "2025-12-24"),
  ]) func leans(text: String, ahead: String, back: String) throws {
    #expect(try CalendarDay(spoken: text, today: Self.today, leaning: .ahead).description == ahead)
    #expect(try CalendarDay(spoken: text, today: Self.today, leaning: .back).description == back)
  }

  /// What may mean several days is no day, and it is said which it may mean.
  @Test(arguments: [
    ("næste uge", 7, "2026-07-20", "2026-07-26"), ("next-week", 7, "2026-07-20", "2026-07-26"),
    ("next friday", 2, "2026-07-17", "2026-07-24"), ("næste fredag", 2, "2026-07-17", "2026-07-24"),
    ("24-12-26", 2, "2024-12-26", "2026-12-24"),
  ]) func mayMeanSeveral(text: String, count: Int, first: String, last: String) {
    do throws(CalendarDayError) {
      let day = try CalendarDay(spoken: text, today: Self.today)
      Issue.record("\(text) is \(day)")
    } catch {
      guard case .ambiguous(let days) = error else { return #expect(Bool(false), "\(error)") }
      #expect(days.count == count && days.first == .on(first) && days.last == .on(last))
    }
  }

  /// From every day that there is, and whatever is typed, nothing traps.
  @Test func nothingTraps() {
    var random = SplitMix64(seed: 7)
    let pieces = [
      "om", "in", "for", "siden", "ago", "3", "99999", "dage", "months", "/", "-", ".", " ", "fredag",
      "næste", "uge", "24", "12",
    ]
    for _ in 0..<5_000 {
      let text = (0...random.below(6)).map { _ in random.pick(pieces) }
        .joined(separator: random.chance(50) ? " " : "")
      for today in [CalendarDay.min, Self.today, .max] {
        for leaning in CalendarDay.Leaning.allCases {
          _ = try? CalendarDay(spoken: text, today: today, leaning: leaning)
        }
      }
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
