/// Tasks and follow-up meetings.
extension Phrase {
  static let taskKept = Phrase("Opgaven er {0}.", "The task is {0}.")
  static let taskOver = Phrase(
    "Opgaven er {0}, og derved bliver det. Intet er ændret.",
    "The task is {0} and stays so. Nothing was changed.")
  static let taskLate = Phrase(
    "Opgaven skulle være gjort {0}. Skriv hvorfor den kom sent: --reason",
    "The task was to be done by {0}. Say why it came late: --reason")
  static let taskWhy = Phrase(
    "Skriv hvorfor: --reason. Intet er ændret.", "Say why: --reason. Nothing was changed.")
  static let oneOwner = Phrase(
    "Brug enten --owner eller --owner-name.", "Use either --owner or --owner-name.")
  static let followedUp = Phrase("sidst fulgt op {0}", "last followed up {0}")
  static let neverFollowedUp = Phrase("ikke fulgt op endnu", "not followed up yet")
  static let noPlanYet = Phrase("ingen plan endnu", "no plan yet")
  static let dueAt = Phrase("næste: {0}", "next: {0}")
}
