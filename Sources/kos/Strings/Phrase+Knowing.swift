/// What is said of the logs of knowing.
extension Phrase {
  static let logOfDelivered = Phrase("Loggen over, hvem der har fået hvad", "The log of who was sent what")
  static let logOfOpened = Phrase("Loggen over, hvem der har åbnet hvad", "The log of who opened what")
  static let logFinding = Phrase(
    "{0} er ikke den, som denne enhed kender: {1} ({2}). Vis det til lederen og til "
      + "databeskyttelsesrådgiveren; arbejdet kan gå videre imens.",
    "{0} is not the one that this device knows: {1} ({2}). Show this to the leader and to the data "
      + "protection officer; work can go on meanwhile.")
  static let logReplaced = Phrase(
    "serveren har begyndt en anden, og den gamle er sluppet",
    "the server began another, and let go of the old one")
  static let logSplit = Phrase(
    "serveren har underskrevet to forskellige udgaver af den",
    "the server signed two different versions of it")
  static let logRolledBack = Phrase("den er kortere, end den var", "it is shorter than it was")
  static let logUnproven = Phrase(
    "rækker er rettet, fjernet eller flyttet, eller serveren viser to historier",
    "rows were edited, removed or moved, or the server shows two histories")
  static let logForeign = Phrase(
    "den er ikke underskrevet af kommunen", "it is not signed by the municipality")
}
