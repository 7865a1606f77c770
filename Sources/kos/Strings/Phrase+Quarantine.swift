/// Quarantine.
extension Phrase {
  static let nothingInQuarantine = Phrase(
    "Intet venter på din afgørelse.", "Nothing waits for your decision.")
  static let notInQuarantine = Phrase(
    "{0} venter ikke på dig. Se: kos quarantine list", "{0} does not wait for you. See: kos quarantine list")
  static let numberUnseen = Phrase(
    "{0} er {1}, som ikke var i listen, da du sidst så den. Intet er gjort. Se listen igen, eller "
      + "brug id'et.",
    "{0} is {1}, which was not in the list when you saw it last. Nothing was done. Look at the list "
      + "again, or use the id.")
  static let severalInQuarantine = Phrase(
    "Flere passer til {0}. Brug nummeret i: kos quarantine list",
    "Several match {0}. Use the number in: kos quarantine list")
  static let noQuarantineReason = Phrase("{0} er ingen begrundelse: {1}.", "{0} is no reason: {1}.")
  static let quarantined = Phrase("{0}  {1} ({2}), venter siden {3}", "{0}  {1} ({2}), waiting since {3}")
  static let quarantineAccepted = Phrase(
    "Det er taget ind, med {0} som forfatter.", "It is taken in, with {0} as its author.")
  static let quarantineRefused = Phrase(
    "Det er afvist; forfatteren får besked.", "It is refused; its author is told.")
  static let ownInQuarantine = Phrase(
    "{0} af dine ændringer venter på, at sagens koordinator eller lederen afgør dem: din adgang blev ændret, "
      + "før serveren fik dem. De er bevaret.",
    "{0} of your acts wait for the case's coordinator or the leader to decide: your access changed before "
      + "the server got them. They are kept.")
  static let waitsForYou = Phrase(
    "{0} venter på din afgørelse: kos quarantine list", "{0} wait for your decision: kos quarantine list")
  static let quarantineWaits = Phrase(
    "{0} {0:ændring|ændringer} af andre, efter sidste kontakt {1}",
    "{0} {0:act|acts} of others, as of the last contact {1}")
  static let savedInQuarantine = Phrase(
    "Serveren har det, og nogen skal afgøre det: din adgang er ændret.",
    "The server has it, and somebody is to decide: your access has changed.")
  static let keptSealed = Phrase(
    "bevaret, så kun kommunen kan læse det", "kept as the municipality alone can read it")
  static let inQuarantine = Phrase("I karantæne", "In quarantine")
}
