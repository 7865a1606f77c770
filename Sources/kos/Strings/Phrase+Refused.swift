/// What was refused.
extension Phrase {
  static let nothingRefused = Phrase("Intet er afvist.", "Nothing was refused.")
  static let forgetHint = Phrase(
    "Giv slip på noget med: kos refused forget NUMMER", "Let go of something with: kos refused forget NUMBER")
  static let refusedIsOnlyHere = Phrase(
    "Det står kun her: serveren tog det ikke, og ingen har fået det.",
    "It is here alone: the server did not take it, and nobody got it.")
  static let forgetQuestion = Phrase("Giv slip på det (ja/nej)", "Let go of it (yes/no)")
  static let forgetNeedsYes = Phrase(
    "Det er her endnu. Når det er set og kan undværes: --yes",
    "It is here still. Once it was seen and can be done without: --yes")
  static let keptRefused = Phrase("Det er her endnu.", "It is here still.")
  static let severalRefused = Phrase(
    "Flere passer til {0}. Brug nummeret i: kos refused list",
    "Several match {0}. Use the number in: kos refused list")
  static let refusedForgotten = Phrase(
    "Der er givet slip på det; det vises ikke mere.", "It is let go of, and is not shown any more.")
}
