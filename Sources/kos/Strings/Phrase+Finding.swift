/// Finding things, the calendar, and taking back.
extension Phrase {
  static let nothingFound = Phrase("Intet her passer til det.", "Nothing here matches that.")
  static let moreFound = Phrase(
    "Vist: {0} af {1}. Flere: --limit", "Shown: {0} of {1}. More: --limit")
  static let calendarName = Phrase("KOS", "KOS cases")
  static let calendarCase = Phrase("{0}, sag {1}", "{0}, case {1}")
  static let execFailed = Phrase(
    "Kommandoen fra --exec kunne ikke startes.", "The command of --exec could not be started.")
}
