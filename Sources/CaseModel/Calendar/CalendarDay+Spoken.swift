extension CalendarDay {
  /// Reads a day as people say it, in Danish or English, seen from today: `i dag`, `today`, `i morgen`,
  /// `om 3 dage`, `in 2 weeks`, `om en måned`, `for 3 dage siden`, `2 days ago`, a weekday (the next one
  /// after today), `14/7-2026`, `14.7.2026`, or `2026-07-14`. Letters may be of either case, and a hyphen may
  /// stand for a space, so that nothing need be quoted.
  ///
  /// - Throws: `malformed` for any other form; `noSuchDay` and `outOfRange` for days that cannot be.
  public init(spoken text: some StringProtocol, today: CalendarDay) throws(CalendarDayError) {
    guard text.utf8.count <= 64 else { throw .malformed }
    if let first = text.first, first.isASCII, first.isNumber, let last = text.last, last.isNumber {
      self = try Self.written(text)
      return
    }
    // A hyphen that begins a word is a minus, and no number of days is negative.
    guard !text.contains(" -") else { throw .malformed }
    let words = text.lowercased().split { $0.isWhitespace || $0 == "-" || $0 == "_" }.map(String.init)
    if let days = Self.near[words.joined(separator: " ")] {
      self = try today.adding(days: days)
    } else if let weekday = Self.weekday(words) {
      let ahead = (weekday - today.weekday.rawValue + 6) % 7 + 1
      self = try today.adding(days: ahead)
    } else {
      self = try Self.counted(words, today)
    }
  }

  private static let near: [String: Int] = [
    "i dag": 0, "idag": 0, "today": 0, "i morgen": 1, "imorgen": 1, "tomorrow": 1, "i overmorgen": 2,
    "overmorgen": 2, "i går": -1, "igår": -1, "yesterday": -1, "i forgårs": -2, "forgårs": -2,
  ]

  private static let weekdays: [String: Int] = [
    "mandag": 1, "monday": 1, "tirsdag": 2, "tuesday": 2, "onsdag": 3, "wednesday": 3, "torsdag": 4,
    "thursday": 4, "fredag": 5, "friday": 5, "lørdag": 6, "saturday": 6, "søndag": 7, "sunday": 7,
  ]

  /// A weekday, with or without the word before it.
  private static func weekday(_ words: [String]) -> Int? {
    let isLed = words.count == 2 && ["på", "on", "next"].contains(words[0])
    guard words.count == 1 || isLed, let name = words.last else { return nil }
    return weekdays[name]
  }

  /// So many days, weeks or months ahead or ago.
  private static func counted(_ words: [String], _ today: CalendarDay) throws(CalendarDayError) -> CalendarDay
  {
    let isAhead = words.count == 3 && ["om", "in"].contains(words[0])
    let isAgoDanish = words.count == 4 && words[0] == "for" && words[3] == "siden"
    let isAgoEnglish = words.count == 3 && words[2] == "ago"
    guard isAhead || isAgoDanish || isAgoEnglish else { throw .malformed }
    let start = isAgoEnglish ? 0 : 1
    let sign = isAhead ? 1 : -1
    guard let count = count(words[start]) else { throw .malformed }
    switch words[start + 1] {
    case "dag", "dage", "day", "days": return try today.adding(days: sign * count)
    case "uge", "uger", "week", "weeks": return try today.adding(days: sign * count * 7)
    case "måned", "måneder", "month", "months": return try today.adding(months: sign * count)
    case "år", "year", "years": return try today.adding(months: sign * count * 12)
    default: throw .malformed
    }
  }

  private static func count(_ word: String) -> Int? {
    if ["en", "et", "én", "ét", "a", "an", "one"].contains(word) { return 1 }
    guard word.utf8.count <= 5, word.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return Int(word)
  }

  /// A day in figures: `2026-07-14`, `14/7-2026`, `14/7/2026`, `14.7.2026` or `14-7-2026`.
  private static func written(_ text: some StringProtocol) throws(CalendarDayError) -> CalendarDay {
    if let day = try? CalendarDay(text) { return day }
    let parts = text.split(omittingEmptySubsequences: false) { "/.-".contains($0) }
    guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty && $0.utf8.count <= 4 }) else { throw .malformed }
    let numbers = parts.compactMap { part in
      part.utf8.allSatisfy { (48...57).contains($0) } ? Int(part) : nil
    }
    guard numbers.count == 3 else { throw .malformed }
    // Four figures in front are a year, as in `2026-07-14`, which was read above if there is such a day.
    if parts[0].utf8.count == 4 { return try CalendarDay(text) }
    guard parts[2].utf8.count == 4 else { throw .malformed }
    return try CalendarDay(year: numbers[2], month: numbers[1], day: numbers[0])
  }
}
