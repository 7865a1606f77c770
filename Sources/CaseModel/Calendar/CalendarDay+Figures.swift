/// Days in figures.
extension CalendarDay {
  /// A day in figures, the day before the month as Danes write it: `2026-07-14`, `14/7-2026`, `14.7.2026`,
  /// `14-7-2026`, with two figures for the year, as in `14/7-26`, or none, as in `14/7` and `14.7.`.
  ///
  /// - Throws: `ambiguous` for `24-12-26`, which may begin with its day or its year.
  static func written(
    _ text: some StringProtocol, _ today: CalendarDay, _ leaning: Leaning
  ) throws(CalendarDayError) -> CalendarDay {
    if let day = try? CalendarDay(text) { return day }
    var parts = text.split(omittingEmptySubsequences: false) { "/.-".contains($0) }
    // A point may end the month, as in `24.12.`.
    if parts.count == 3, parts[2].isEmpty, text.last == ".", !text.contains("-") { parts.removeLast() }
    guard parts.count == 2 || parts.count == 3,
      parts.allSatisfy({ !$0.isEmpty && $0.utf8.count <= 4 })
    else { throw .malformed }
    let numbers = parts.compactMap { part in
      part.utf8.allSatisfy { (48...57).contains($0) } ? Int(part) : nil
    }
    guard numbers.count == parts.count else { throw .malformed }
    // Four figures in front are a year, as in `2026-07-14`, which was read above if there is such a day.
    if parts[0].utf8.count == 4 { return try CalendarDay(text) }
    guard parts[0].utf8.count <= 2, parts[1].utf8.count <= 2 else { throw .malformed }
    if parts.count == 2 {
      // `1-12` may be from one day to another.
      guard !text.contains("-") else { throw .malformed }
      return try chosen(years(about: today), numbers[0], numbers[1], today, leaning)
    }
    switch parts[2].utf8.count {
    case 4: return try CalendarDay(year: numbers[2], month: numbers[1], day: numbers[0])
    case 2:
      let centuries = [1900, 2000, 2100]
      let found = try chosen(centuries.map { $0 + numbers[2] }, numbers[0], numbers[1], today, leaning)
      guard text.allSatisfy({ $0 == "-" || $0.isNumber }), parts[0].utf8.count == 2 else { return found }
      let other = try? chosen(centuries.map { $0 + numbers[0] }, numbers[2], numbers[1], today, leaning)
      if let other, other != found { throw .ambiguous([found, other].sorted()) }
      return found
    default: throw .malformed
    }
  }

  /// Enough years that one of them has a 29 February.
  private static func years(about today: CalendarDay) -> [Int] {
    (-8...8).map { today.components.year + $0 }
  }

  /// Of the years in which there is such a day, the one that lies the right way and nearest; only when none
  /// lies that way, the nearest of all.
  private static func chosen(
    _ years: [Int], _ day: Int, _ month: Int, _ today: CalendarDay, _ leaning: Leaning
  ) throws(CalendarDayError) -> CalendarDay {
    let days = years.compactMap { try? CalendarDay(year: $0, month: month, day: day) }
    let fitting = days.filter { found in
      switch leaning {
      case .ahead: found >= today && found.isWithinReach(of: today)
      case .back: found <= today
      case .nearest: true
      }
    }
    let candidates = fitting.isEmpty ? days : fitting
    // Of two as near the later one, so that the same words always mean the same.
    let found = candidates.max { left, right in
      let (first, second) = (abs(left.days(since: today)), abs(right.days(since: today)))
      return first == second ? left < right : first > second
    }
    guard let found else { throw .noSuchDay }
    return found
  }
}
