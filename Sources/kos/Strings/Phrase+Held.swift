/// What is held.
extension Phrase {
  static let nothingHeld = Phrase(
    "Intet venter på din bekræftelse.", "Nothing waits for your confirmation.")
  static let notHeld = Phrase(
    "{0} er ikke tilbageholdt her. Se: kos held list", "{0} is not held here. See: kos held list")
  static let held = Phrase(
    "{0}  tilbageholdt siden {1}, afgøres også af andre fra {2}",
    "{0}  held since {1}, decided by others too from {2}")
  static let heldReleased = Phrase("posten er frigivet til {0}", "the record is released to {0}")
  static let heldReclassified = Phrase(
    "posten er klassificeret om ({0})", "the record is classified anew ({0})")
  static let heldOthers = Phrase(
    "flere kan læse posten, end du kan se her", "more may read the record than you can see here")
  static let heldConfirmed = Phrase(
    "Det er bekræftet, og alle, der kan læse posten, får det.",
    "It is confirmed, and all who may read the record get it.")
  static let heldWithdrawn = Phrase(
    "Det er trukket tilbage; ingen får det at se.", "It is taken back; nobody is shown it.")
  static let ownHeld = Phrase(
    "{0} af dine ændringer venter på din bekræftelse: flere kan læse posterne, end du vidste. "
      + "Se: kos held list",
    "{0} of your acts wait for your confirmation: more may read the records than you knew. "
      + "See: kos held list")
  static let savedHeld = Phrase(
    "Serveren har det, og ingen får det at se, før du bekræfter det: flere kan læse posten, end du vidste. "
      + "Se: kos held list",
    "The server has it, and nobody is shown it before you confirm: more may read the record than you knew. "
      + "See: kos held list")
  static let heldWork = Phrase("Tilbageholdt", "Held")
}
