/// What is said of who came to know.
extension Phrase {
  static let exported = Phrase(
    "{0} {0:post|poster} er skrevet til {1}.",
    "{0} {0:entry is|entries are} written to {1}.")
  static let noCitizen = Phrase(
    "{0} er ikke blandt familien eller de udefra i denne sag.",
    "{0} is not of the family, or from outside, in this case.")
  static let openingsUnsent = Phrase(
    "{0} visninger er ikke i loggen endnu.", "{0} openings are not in the log yet.")
  static let somebody = Phrase("nogen", "somebody")
  static let actEntered = Phrase("fik sendt", "was sent")
  static let actExited = Phrase("skulle slette", "was to wipe")
  static let actChanges = Phrase("fik sendt ændringer af", "was sent changes of")
  static let actHistory = Phrase("læste historien om", "read the history of")
  static let actAttachment = Phrase("hentede filen i", "fetched the file of")
  static let actOpened = Phrase("åbnede", "opened")
  static let actFollowed = Phrase("fik sendt, hvad der var nyt", "was sent what was new")
  static let actBundle = Phrase("fik en fil", "was written a bundle")
  static let actUntold = Phrase("fik kendskab til noget om", "came to know something of")
  static let printedHead = Phrase(
    "Skrevet ud på papir eller i en fil, som det er noteret i sagen:",
    "Printed on paper or into a file, as it is noted in the case:")
  static let printedLine = Phrase(
    "  {0}  {1}  {2}, til {3}: {4} {4:post|poster}  {5}",
    "  {0}  {1}  {2}, for {3}: {4} {4:record|records}  {5}")
  static let nobodyKnows = Phrase(
    "Der står intet i loggen om det i den tid.", "The log says nothing of it in that time.")
  static let knownAsOf = Phrase(
    "Sådan stod loggen, da kommunen underskrev den {0}.",
    "As the log stood when the municipality signed it on {0}.")
  static let knowingWithheld = Phrase(
    "Om {0} af dem får du intet at vide.", "Of {0} of them you are told nothing.")
}
