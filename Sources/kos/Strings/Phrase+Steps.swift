/// Workflows and steps.
extension Phrase {
  static let atLine = Phrase("linje {0}, tegn {1}: {2}", "line {0}, column {1}: {2}")
  static let badWorkflow = Phrase(
    "{0} er ikke et sagsflow. Intet er ændret. {1}", "{0} is no workflow. Nothing was changed. {1}")
  static let workflowFaults = Phrase("{0} fejl, nævnt ovenfor.", "{0} mistakes, told above.")
  static let workflowFine = Phrase("{0} er i orden: {1} trin.", "{0} is fine: {1} steps.")
  static let workflowTooLarge = Phrase(
    "{0} er for stor til at blive vedtaget: højst {1} bytes. Intet er ændret. Forkort teksterne.",
    "{0} is too large to be adopted: at most {1} bytes. Nothing was changed. Shorten its texts.")
  static let workflowAdoptedBefore = Phrase(
    "{0} er vedtaget allerede. Intet er ændret.", "{0} was adopted before. Nothing was changed.")
  static let workflowVersionTaken = Phrase(
    "{0} er vedtaget med andre trin eller tekster. Intet er ændret. Giv filen en ny version.",
    "{0} was adopted with other steps or texts. Nothing was changed. Give the file a new version.")
  static let workflowAdopted = Phrase(
    "{0} er vedtaget; nye sager følger det fra {1}.", "{0} is adopted; new cases follow it from {1} on.")
  static let workflowUnreadable = Phrase(
    "Sagens sagsflow {0} kan ikke læses af dette program: {1}. Trinene vises efter kos.",
    "The case's workflow {0} cannot be read by this program: {1}. Its steps are shown by kos.")
  static let noSuchWorkflow = Phrase(
    "Intet sagsflow hedder {0}. Intet er ændret. Brug: kos workflow list",
    "There is no workflow {0}. Nothing was changed. Use: kos workflow list")
  static let workflowNotAdopted = Phrase(
    "{0} følger med programmet, men er ikke vedtaget. Intet er ændret. "
      + "En leder bruger: kos workflow adopt {0}",
    "{0} comes with the program, but was not adopted. Nothing was changed. "
      + "A leader uses: kos workflow adopt {0}"
  )
  static let caseFollows = Phrase("Sag {0} følger nu {1}.", "Case {0} follows {1} now.")
  static let newCasesFollow = Phrase("nye sager følger det", "new cases follow it")
  static let shipped = Phrase("medfølger", "built in")
  static let noSuchStep = Phrase(
    "Sagen har intet trin {0}. Intet er ændret. Trinene er {1}.",
    "The case has no step {0}. Nothing was changed. Its steps are {1}.")
  static let gateClosed = Phrase(
    "Trinet {0} kan ikke være gjort; {1}. Intet er ændret. Ved du bedre, så skriv hvorfor med --reason.",
    "The step {0} cannot be done; {1}. Nothing was changed. If you know better, say why with --reason.")
  static let issuedDecision = Phrase("en truffet afgørelse", "an issued decision")
  static let skipNeedsReason = Phrase(
    "Trinet {0} er ikke frivilligt. Intet er ændret. Skriv hvorfor med --reason.",
    "The step {0} is not optional. Nothing was changed. Say why with --reason.")
  static let familySaidNo = Phrase(
    "Familien har takket nej. Intet er gemt. Har den ombestemt sig: kos case accept {0}",
    "The family said no. Nothing was saved. If it has changed its mind: kos case accept {0}")
  static let enrolUnasked = Phrase(
    "Familien har ikke sagt ja. Intet er gemt. Notér svaret: kos case offer {0}, kos case accept {0}. "
      + "Ved du bedre, så skriv hvorfor med --reason.",
    "The family has not said yes. Nothing was saved. Record its answer: kos case offer {0}, "
      + "kos case accept {0}. If you know better, say why with --reason.")
  static let enrolAgainstRule = Phrase(
    "Reglen siger om barnet {0}: {1}. Intet er gemt. Ved du bedre, så skriv hvorfor med --reason.",
    "The rule says of the child {0}: {1}. Nothing was saved. If you know better, say why with --reason.")
  static let decideAgainstRule = Phrase(
    "Reglen siger om barnet: {0}. Intet er gemt. Afgør du det anderledes, så skriv hvorfor med --reason.",
    "The rule says of the child: {0}. Nothing was saved. If you decide otherwise, say why with --reason.")
  static let reasonNeedsPart = Phrase(
    "Det kræver en begrundelse, og kun de, der deltager i {0}, skriver i den. Intet er gemt. Deltag "
      + "først: kos participant add {0}, eller lad en, der deltager, afgøre det.",
    "It needs a reason, and only those who take part in {0} write in it. Nothing was saved. Take part first: "
      + "kos participant add {0}, or have somebody decide who does.")
  static let declineEnrolled = Phrase(
    "Børnene i {0} er indskrevet. Intet er gemt. Forlader familien projektet: kos case close {0}",
    "The children of {0} are enrolled. Nothing was saved. If the family leaves: kos case close {0}")
  static let enrolledAlready = Phrase(
    "Alle de børn i {0} er indskrevet i forvejen. Intet er gemt.",
    "All of these children of {0} are enrolled already. Nothing was saved.")
  static let closedAlready = Phrase(
    "Børnene i {0} er udskrevet i forvejen. Intet er gemt.",
    "The children of {0} are discharged already. Nothing was saved.")
  static let endedAlready = Phrase(
    "{0} er ophørt i forvejen. Intet er gemt.", "{0} has ended already. Nothing was saved.")
  static let reasonOfWhat = Phrase(
    "En begrundelse hører til --confirm eller --decline. Intet er gemt.",
    "A reason belongs to --confirm or --decline. Nothing was saved.")
  static let isMissing = Phrase("mangler: {0}", "missing: {0}")
  static let stateSince = Phrase("{0} siden {1}, {2} {2:dag|dage}", "{0} since {1}, {2} {2:day|days}")
  static let dueOn = Phrase("senest {0}", "by {0}")
  static let inRound = Phrase("Trinene gentages: omgang {0}.", "The steps are repeated: round {0}.")
  static let nextStep = Phrase("Næste trin", "Next step")
  static let steps = Phrase("Trin", "Steps")
  static let workflow = Phrase("Sagsflow", "Workflow")
  static let optional = Phrase("frivilligt", "optional")
  static let purpose = Phrase("Formål", "Purpose")
  static let content = Phrase("Indhold", "Content")
  static let responsible = Phrase("Ansvarlig", "Responsible")
  static let cadence = Phrase("Hvor tit", "How often")
  static let every = Phrase("mindst hver {0}. {1}", "at least every {0} {1}")
  static let nothingNext = Phrase("intet", "nothing")
}
