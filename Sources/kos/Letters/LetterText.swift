import CaseModel

/// Days and ages as they are written in letters.
enum LetterText {
  private static let danishMonths = [
    "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober",
    "november", "december",
  ]
  private static let englishMonths = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
  ]

  /// A day with its month in words.
  static func date(_ day: CalendarDay, _ language: Language) -> String {
    let (year, month, number) = day.components
    return language == .danish
      ? "\(number). \(danishMonths[month - 1]) \(year)" : "\(number) \(englishMonths[month - 1]) \(year)"
  }

  /// An age in years, and below two of months.
  static func age(_ born: CalendarDay, on day: CalendarDay, _ language: Language) -> String {
    let years = day.years(since: born)
    if years >= 2 { return language == .danish ? "\(years) år" : "\(years) years" }
    let (one, two) = (born.components, day.components)
    let months = (two.year - one.year) * 12 + two.month - one.month - (two.day < one.day ? 1 : 0)
    return language == .danish ? "\(max(0, months)) måneder" : "\(max(0, months)) months"
  }

  /// A text cut at a word, for a page that has to stay one.
  static func short(_ text: String, _ length: Int) -> String {
    let line = text.shown
    guard line.count > length else { return line }
    let cut = line.prefix(length - 1)
    let word = cut.lastIndex(of: " ").map { cut[..<$0] } ?? cut
    return String(word) + " …"
  }
}
