/// How far tasks came, in words that fit a task: the same codes mean other things of offers and grants.
extension CodeNames {
  /// The name of a task's status.
  static func task(_ code: String, in language: Language) -> String {
    tasks[code]?.text(in: language, []) ?? code.shown
  }

  private static let tasks: [String: Phrase] = [
    "requested": Phrase("bedt om", "requested"), "accepted": Phrase("taget imod", "accepted"),
    "in_progress": Phrase("i gang", "in progress"), "completed": Phrase("udført", "completed"),
    "rejected": Phrase("afvist", "rejected"), "cancelled": Phrase("opgivet", "given up"),
  ]
}
