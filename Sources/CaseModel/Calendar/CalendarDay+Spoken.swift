extension CalendarDay {
  /// Which way a day lies that is said without its year or week, such as `1/12` or `monday`.
  public enum Leaning: Sendable, Hashable, CaseIterable {
    /// It is to come: the first such day from today on, of weekdays the first after today.
    case ahead
    /// It has been: the last such day up to today, of weekdays the last before today.
    case back
    /// Either: the nearest such day, of weekdays the first after today.
    case nearest
  }

  /// Reads a day as people say it, in Danish or English, seen from today: `i dag`, `today`, `i morgen`,
  /// `om 3 dage`, `in 2 weeks`, `om en måned`, `for 3 dage siden`, `2 days ago`, a weekday, `i mandags`,
  /// `last monday`, `mandag i næste uge`, `14/7`, `14/7-26`, `14.7.2026`, or `2026-07-14`. Letters may be of
  /// either case, and a hyphen may stand for a space, so that nothing need be quoted.
  ///
  /// - Throws: `malformed` for any other form; `noSuchDay` and `outOfRange` for days that cannot be;
  ///   `ambiguous` for what may mean several days.
  public init(
    spoken text: some StringProtocol, today: CalendarDay, leaning: Leaning = .nearest
  ) throws(CalendarDayError) {
    guard text.utf8.count <= 64 else { throw .malformed }
    if let first = text.first, first.isASCII, first.isNumber, let last = text.last,
      last.isNumber || last == "."
    {
      self = try Self.written(text, today, leaning)
      return
    }
    // A hyphen that begins a word is a minus, and no number of days is negative.
    guard !text.contains(" -") else { throw .malformed }
    let words = text.lowercased().split { $0.isWhitespace || $0 == "-" || $0 == "_" }.map(String.init)
    if let days = Self.near[words.joined(separator: " ")] {
      self = try today.adding(days: days)
    } else if let day = try Self.ofWeek(words, today, leaning) {
      self = day
    } else {
      self = try Self.counted(words, today)
    }
  }

  private static let near: [String: Int] = [
    "i dag": 0, "idag": 0, "today": 0, "i morgen": 1, "imorgen": 1, "tomorrow": 1, "i overmorgen": 2,
    "overmorgen": 2, "i går": -1, "igår": -1, "yesterday": -1, "i forgårs": -2, "forgårs": -2,
  ]

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
}
