/// Meetings, and information that is asked for.
extension Phrase {
  static let calledAre = Phrase("Indkaldt: {0}", "Called: {0}")
  static let nobodyDecidesOn = Phrase(
    "Ingen har en bekræftet beløbsgrænse for {0}; indkald lederen med --invite.",
    "Nobody has a confirmed limit for {0}; call the leader with --invite.")
  static let meetingStands = Phrase("Mødet er {0}, og ikke {1}.", "The meeting is {0}, and not {1}.")
  static let onlyAnalysisFindsMissing = Phrase(
    "--missing hører til et analysemøde.", "--missing belongs to an analysis meeting.")
  static let missingHow = Phrase(
    "{0} siger ikke, hvad der mangler til hvornår; skriv f.eks. ppv=2020-05-01.",
    "{0} does not say what is missing until when; write ppv=2020-05-01, for example.")
  static let noParentThere = Phrase(
    "Ingen forælder er noteret som til stede. Intet er gemt. Skriv hvem der var med: --participant PERSON "
      + "eller --attendee mor. Blev mødet holdt uden dem: --no-with-parents",
    "No parent is recorded as present. Nothing was saved. Say who was there: --participant PERSON or "
      + "--attendee mother. If it was held without them: --no-with-parents")
  static let beforeBegin = Phrase(
    "{0} er før sagen begyndte den {1}. Intet er gemt. Kom en henvendelse tidligere, så notér den: kos "
      + "case inquiry.",
    "{0} is before the case began on {1}. Nothing was saved. If an inquiry came earlier, record it: kos "
      + "case inquiry.")
  static let beforeEnrolment = Phrase(
    "{0} er før børnene blev indskrevet den {1}. Intet er gemt.",
    "{0} is before the children were enrolled on {1}. Nothing was saved.")
  static let beforeAsked = Phrase(
    "{0} er før {1}, da der blev spurgt. Intet er gemt.",
    "{0} is before {1}, when it was asked. Nothing was saved.")
  static let duePassed = Phrase(
    "{0} er før {1}, da der blev spurgt. Intet er gemt. Skriv en senere frist.",
    "{0} is before {1}, when it was asked for. Nothing was saved. Give a later day.")
  static let bornLater = Phrase(
    "{0} er ikke kommet endnu; barnet kan ikke være født da. Intet er gemt. Fødselsdagen kan følge efter.",
    "{0} has not come yet; the child cannot be born then. Nothing was saved. The day of birth may follow.")
  static let notYet = Phrase("{0} er ikke kommet endnu.", "{0} has not come yet.")
  static let requestIsClosed = Phrase(
    "Der ventes ikke længere på den oplysning. Se: kos request list",
    "That information is not waited for any more. See: kos request list")
  static let withParents = Phrase("med forældre", "with parents")
  static let withoutParents = Phrase("uden forældre", "without parents")
  static let werePresent = Phrase("til stede: {0}", "present: {0}")
  static let presenceUnknown = Phrase(
    "hvem der var til stede, er ikke noteret", "who was present is not recorded")
  static let comes = Phrase("kommer", "comes")
  static let comesNot = Phrase("kommer ikke", "does not come")
  static let unanswered = Phrase("har ikke svaret", "has not answered")
}
