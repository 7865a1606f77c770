/// The family's plan, major changes, interventions, and who assesses.
extension Phrase {
  static let planAgreed = Phrase(
    "Version {0} af planen er aftalt med {1} mål.",
    "Version {0} of the plan is agreed, with {1} {1:goal|goals}.")
  static let planVersion = Phrase("Plan, version {0}, aftalt {1}", "Plan, version {0}, agreed {1}")
  static let replacedOn = Phrase("afløst {0}", "replaced {0}")
  static let agreedBy = Phrase("Aftalt af {0}", "Agreed by {0}")
  static let planWithoutGoals = Phrase(
    "Sag {0} har ingen åbne mål at aftale en plan om. Intet er gemt. Sæt først et mål: kos goal add {0} "
      + "--text MÅL",
    "Case {0} has no open goals to agree a plan on. Nothing was saved. Set a goal first: kos goal add {0} "
      + "--text GOAL")
  static let rankOutside = Phrase(
    "{0} er ingen prioritet: 1 er den første og {1} den sidste. Intet er gemt.",
    "{0} is no priority: 1 is the first and {1} the last. Nothing was saved.")
  static let goalCount = Phrase("{0} mål", "{0} {0:goal|goals}")
  static let noPlan = Phrase(
    "Sag {0} har ingen plan endnu. Brug: kos plan agree {0}",
    "Case {0} has no plan yet. Use: kos plan agree {0}")
  static let noPlanShown = Phrase(
    "Ingen plan i sag {0} vises for dig.", "No plan of case {0} is shown to you.")
  static let noSuchVersion = Phrase(
    "Planen har ingen version {0}. Brug: kos plan list", "The plan has no version {0}. Use: kos plan list")
  static let goalHasEnded = Phrase(
    "Målet {0} er afsluttet eller afløst. Intet er ændret. Brug: kos goal list",
    "The goal {0} has ended or was replaced. Nothing was changed. Use: kos goal list")
  static let beforeItWasThere = Phrase(
    "{0} er før {1}, da det begyndte. Intet er gemt.", "{0} is before {1}, when it began. Nothing was saved.")
  static let changeDecided = Phrase(
    "Ændringen {0} er afgjort. Intet er ændret. Notér den nye situation med kos change add.",
    "The change {0} is decided. Nothing was changed. Record the new situation with kos change add.")
  static let stepsRepeat = Phrase(
    "Afgjort: {0} trin gentages fra i dag; det, der vides, står.",
    "Decided: {0} steps repeat from now on; what is known stays.")
  static let stepsDoNotRepeat = Phrase("Afgjort: trinene gentages ikke.", "Decided: the steps do not repeat.")
  static let undecided = Phrase("ikke afgjort", "undecided")
  static let repeating = Phrase("trinene gentages", "steps repeat")
  static let notRepeating = Phrase("trinene gentages ikke", "steps do not repeat")
  static let onlyProposed = Phrase("forslag", "proposal")
  static let recordIt = Phrase(
    "notér den: kos change add --trigger {0}", "to record it: kos change add --trigger {0}")
  static let interventionEnded = Phrase(
    "Indsatsen {0} er afsluttet. Intet er ændret.", "The intervention {0} has ended. Nothing was changed.")
  static let funded = Phrase("{0} % betalt", "{0} % paid for")
  static let shareTooLarge = Phrase(
    "{0} procent går ikke: højst {1} er tilbage. Intet er ændret.",
    "{0} per cent does not fit: at most {1} are left. Nothing was changed.")
  static let shareKept = Phrase("{0} betaler {1} %; i alt {2} %.", "{0} pays {1} %; {2} % in all.")
  static let sharesBeyondWhole = Phrase(
    "{0}: andelene er {1} % tilsammen, altså mere end det hele.",
    "{0}: the shares are {1} % together, which is more than the whole.")
  static let legalAreaMissing = Phrase(
    "Begge lovområder skal være med i udredningen; her mangler {0}. Brug --with PERSON; en persons område "
      + "står i kos person list.",
    "Both legal areas must take part in the assessment; missing: {0}. Use --with PERSON; a person's area "
      + "stands in kos person list.")
  static let domainOrDimension = Phrase(
    "Nævn et område med --domain eller en dimension med --dimension, og ikke begge.",
    "Name a domain with --domain or a dimension with --dimension, and not both.")
  static let noSummaryOfDimension = Phrase(
    "En dimension har ressourcer og vanskeligheder: brug --resources, --problems eller --aspect.",
    "A dimension has resources and problems: use --resources, --problems or --aspect.")
}
