/// Days as people say them by the week.
extension CalendarDay {
  private static let weekdays: [String: Int] = [
    "mandag": 1, "monday": 1, "tirsdag": 2, "tuesday": 2, "onsdag": 3, "wednesday": 3, "torsdag": 4,
    "thursday": 4, "fredag": 5, "friday": 5, "lørdag": 6, "saturday": 6, "søndag": 7, "sunday": 7,
  ]

  /// A weekday, with or without what people say with it; `nil` where the words are of another sort.
  ///
  /// - Throws: `ambiguous` for a week as a whole, and for `next friday` while this week's is to come.
  static func ofWeek(
    _ words: [String], _ today: CalendarDay, _ leaning: Leaning
  ) throws(CalendarDayError) -> CalendarDay? {
    if ["næste uge", "next week"].contains(words.joined(separator: " ")) {
      let monday = try today.nextMonday
      throw .ambiguous(try (0..<7).map { day throws(CalendarDayError) in try monday.adding(days: day) })
    }
    if words.count >= 3, let weekday = weekdays[words[0]],
      ["i næste uge", "next week", "in next week"].contains(words.dropFirst().joined(separator: " "))
    {
      return try today.nextMonday.adding(days: weekday - 1)
    }
    guard let (weekday, word) = named(words) else { return nil }
    let ahead = (weekday - today.weekday.rawValue + 6) % 7 + 1
    switch word {
    case .next:
      let (coming, second) = (try today.adding(days: ahead), try today.adding(days: ahead + 7))
      guard try coming < today.nextMonday else { return coming }
      throw .ambiguous([coming, second])
    case .last: return try today.adding(days: ahead - (ahead == 7 ? 14 : 7))
    case .none where leaning == .back: return try today.adding(days: ahead - (ahead == 7 ? 14 : 7))
    case .none, .coming: return try today.adding(days: ahead)
    }
  }

  /// What may stand before a weekday.
  private enum Lead {
    case none, coming, next, last
  }

  private static func named(_ words: [String]) -> (weekday: Int, lead: Lead)? {
    guard let name = words.last, words.count <= 2 else { return nil }
    if words.count == 1 { return weekdays[name].map { ($0, .none) } }
    switch words[0] {
    case "på", "on", "coming", "kommende": return weekdays[name].map { ($0, .coming) }
    case "next", "næste": return weekdays[name].map { ($0, .next) }
    case "last", "sidste": return weekdays[name].map { ($0, .last) }
    // `i mandags` is the last one.
    case "i" where name.hasSuffix("s"): return weekdays[String(name.dropLast())].map { ($0, .last) }
    default: return nil
    }
  }

  /// The first day of the next week.
  private var nextMonday: CalendarDay {
    get throws(CalendarDayError) { try adding(days: 8 - weekday.rawValue) }
  }
}
