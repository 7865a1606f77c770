/// What is said of reports, surveys and what measures the work.
extension Phrase {
  static let oneReportForm = Phrase(
    "Vælg kun én af --csv, --chart og --json.", "Choose only one of --csv, --chart and --json.")
  static let casesAreNotMasked = Phrase(
    "En linje pr. sag kan ikke vises uden for teamet. Brug enten --cases eller --mask.",
    "One line a case cannot be shown outside the team. Use either --cases or --mask.")
  static let maskedReport = Phrase(
    "* vises ikke: det er under 5, eller noget under 5 kunne regnes ud af det.",
    "* is not told: it is under 5, or something under 5 could be computed from it.")
  static let untoldCases = Phrase(
    "{0} {0:sag|sager} er ikke talt med alle steder: du deltager ikke i dem, og her ses kun deres milepæle.",
    "{0} {0:case does|cases do} not count everywhere: you take no part in them, and only their milestones "
      + "are here.")
  static let untoldSomeCases = Phrase(
    "Nogle sager er ikke talt med alle steder: du deltager ikke i dem, og her ses kun deres milepæle.",
    "Some cases do not count everywhere: you take no part in them, and only their milestones are here.")
  static let interrupted = Phrase("Afbrudt {0} – {1}: {2}", "Interrupted {0} – {1}: {2}")
  static let targeted = Phrase("Mål: {0} {1} senest {2}. Nu: {3}", "Target: {0} {1} by {2}. Now: {3}")
  static let badAnswer = Phrase(
    "{0} er ikke et svar som {1}=4 (1 slet ikke … 5 helt, eller - for intet svar). Intet er gemt.",
    "{0} is not an answer such as {1}=4 (1 not at all … 5 entirely, or - for none). Nothing was saved.")
  static let noSuchDimension = Phrase(
    "{0} spørges der ikke om. Spørgsmål: {1}", "{0} is not asked about. Questions: {1}")
  static let missingAnswers = Phrase(
    "Der mangler svar på: {0}. Intet er gemt. Brug --answer, eller kør kommandoen i en terminal.",
    "Answers are missing to: {0}. Nothing was saved. Use --answer, or run the command in a terminal.")
  static let badMeasurement = Phrase(
    "Målinger nummereres fra 1 til 999. Intet er gemt.",
    "Measurements are numbered from 1 to 999. Nothing was saved.")
  static let answerScale = Phrase(
    "Svar fra 1 (slet ikke) til 5 (helt); en tom linje er intet svar.",
    "Answer from 1 (not at all) to 5 (entirely); an empty line is no answer.")
  static let trainingWhen = Phrase(
    "Giv --planned, --held eller begge dele. Intet er gemt.",
    "Give --planned, --held or both. Nothing was saved.")
  static let noSuchFigure = Phrase(
    "{0} er intet tal i notatet. Tal: {1}", "{0} is no figure of the memo. Figures: {1}")
  static let badTarget = Phrase(
    "Et måltal er ikke under 0. Intet er gemt.", "A target is not below 0. Nothing was saved.")
}

/// The questions of the surveys, as they are asked (R66, R67).
extension Phrase {
  private static let questions: [String: Phrase] = [
    "entrance": Phrase(
      "Har I én indgang til kommunen?", "Do you have one entrance to the municipality?"),
    "dialogue": Phrase("Er der tid nok til at tale sammen?", "Is there enough time to talk?"),
    "flexibility": Phrase(
      "Kan I mødes, hvor og hvornår det passer jer?", "Can you meet where and when it suits you?"),
    "whole_family": Phrase(
      "Er der nogen, der kender hele familien?", "Is there somebody who knows the whole family?"),
    "speed": Phrase("Sker tingene hurtigere end før?", "Do things happen faster than before?"),
    "all_round": Phrase("Kommer I hele vejen rundt om det, der fylder?", "Do you get all the way round?"),
    "overview": Phrase("Har I overblik over, hvad der skal ske?", "Do you have an overview of what comes?"),
    "ideas": Phrase("Får I konkrete idéer, I kan bruge?", "Do you get concrete ideas that you can use?"),
    "coherence": Phrase("Hænger hjælpen sammen?", "Does the help hang together?"),
    "involvement": Phrase("Bliver I hørt og taget med på råd?", "Are you heard and involved?"),
    "trust": Phrase("Har I tillid til dem, I arbejder med?", "Do you trust those you work with?"),
    "everyday_effect": Phrase(
      "Er hverdagen blevet lettere?", "Has everyday life become easier?"),
    "shared_responsibility": Phrase(
      "Deler vi ansvaret for familien?", "Do we share the responsibility for the family?"),
    "acquaintance": Phrase("Kender vi hinanden personligt?", "Do we know each other personally?"),
    "other_departments": Phrase(
      "Er det let at komme i kontakt med andre afdelinger?", "Is it easy to reach other departments?"),
    "coordination": Phrase("Er indsatsen bedre koordineret?", "Is the work coordinated better?"),
    "closeness": Phrase("Er vi tæt på familien?", "Are we close to the family?"),
  ]

  /// What is asked about a dimension.
  static func question(_ dimension: String) -> Phrase {
    questions[dimension] ?? Phrase(dimension, dimension)
  }
}
