import CaseModel

/// Days and amounts as they are written in letters.
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

  /// An amount of øre in kroner.
  static func amount(_ amount: Int64, _ language: Language) -> String {
    let (kroner, rest) = (String(amount.magnitude / 100), amount.magnitude % 100)
    let (group, point) = language == .danish ? (".", ",") : (",", ".")
    var grouped = ""
    for (place, digit) in kroner.reversed().enumerated() {
      if place > 0, place.isMultiple(of: 3) { grouped = group + grouped }
      grouped = String(digit) + grouped
    }
    let number = (amount < 0 ? "-" : "") + grouped + point + (rest < 10 ? "0" : "") + String(rest)
    return language == .danish ? number + " kroner" : "DKK " + number
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
