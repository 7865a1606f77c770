extension CommandStep {
  /// The steps, the plan and what the family gets, as one case's story.
  static let course: [CommandStep] = steps + plan

  private static let step: Set = [
    "step", "number", "title", "round", "state", "since", "due_on", "last_on", "waiting_days", "responsible",
    "responsible_person", "optional", "next", "closed_gates", "missing",
  ]

  private static let steps: [CommandStep] = [
    .reading(
      "lene", ["workflow", "list"],
      ["workflow", "code", "version", "name", "adopted_on", "followed_by_new_cases", "pending"],
      "kos@1", "Koordineret sagsbehandling"),
    .reading(
      "karin", ["workflow", "show", "en-familie-en-indgang"],
      [
        "code", "version", "step", "number", "phase", "title", "purpose", "content", "participants",
        "responsible", "optional", "repeated", "cadence", "gates", "shown_by", "checklist",
      ], "[Social-work leader]", "[Socialfaglig leder]"),
    .reading("karin", ["step", "list", "F01"], step, "Inquiry to the municipality", "Henvendelse til"),
    .reading(
      "karin", ["step", "show", "F01", "2"],
      step.union(["purpose", "content", "participants", "checklist"]), "extent of the whole case",
      "samlede sags omfang"),
    .writing(
      "karin", ["step", "start", "F01", "3", "--responsible", "Poul"], recorded.union(["step", "round"]),
      "Step is recorded", "Trin er noteret"),
    .writing(
      "karin", ["step", "complete", "F01", "3"], recorded.union(["step", "round"]), "Step is recorded",
      "Trin er noteret"),
    .writing(
      "karin", ["step", "skip", "F01", "0", "--reason", "kom ad en anden vej"],
      recorded.union(["step", "round"]), "Step is recorded", "Trin er noteret"),
    .writing(
      "karin", ["case", "inquiry", "F01", "--source", "hospital"], recorded, "Inquiry is recorded",
      "Henvendelse er noteret"),
    .writing(
      "karin", ["change", "add", "F01", "--trigger", "divorce"], recorded, "Major change is recorded",
      "Større ændring er noteret"),
    .reading(
      "karin", ["change", "list", "F01"],
      [
        "record", "trigger", "day", "confirmed", "decided_on", "reason", "proposed", "source", "pending",
      ], "divorce", "skilsmisse"),
  ]

  private static let plan: [CommandStep] = [
    .writing(
      "karin", ["goal", "add", "F01", "--text", "arbejde", "--rank", "1", "--actor", "jobcenter"], recorded,
      "Goal is recorded", "Mål er noteret"),
    .writing(
      "karin", ["plan", "agree", "F01", "--by", "family"], recorded.union(["version", "goals"]),
      "of the plan is agreed", "af planen er aftalt"),
    .reading(
      "karin", ["plan", "list", "F01"],
      ["record", "version", "agreed_on", "replaced_on", "goals", "pending"], "replaced", "afløst"),
    .reading(
      "karin", ["plan", "show", "F01"],
      [
        "record", "version", "agreed_on", "replaced_on", "agreed_by", "text", "goals", "pending",
      ], "jobcenter", "Aftalt af familien"),
    .writing(
      "karin",
      [
        "intervention", "propose", "F01", "--title", "Stepping Stones", "--goal", "1", "--amount", "1200000",
      ], recorded, "Intervention is recorded", "Indsats er noteret"),
    .writing(
      "karin", ["intervention", "start", "F01", "1"], recorded, "Intervention is recorded",
      "Indsats er noteret"),
    .writing(
      "karin",
      [
        "funding", "share", "F01", "1", "--payer", "Jobcenteret", "--law",
        "lov om aktiv beskæftigelsesindsats",
        "--percent", "30",
      ], recorded.union(["percent", "funded_percent"]), "pays 30 %", "betaler 30 %"),
    .reading(
      "karin", ["intervention", "list", "F01"],
      [
        "number", "record", "title", "status", "legal_basis", "responsible", "amount", "starts_on", "ends_on",
        "goal", "funded_percent", "pending",
      ], "90 % paid for", "90 % betalt"),
    .reading(
      "karin", ["funding", "list", "F01"],
      [
        "record", "intervention", "title", "payer", "law", "percent", "agreed_on", "funded_percent",
        "pending",
      ], "Jobcenteret", "30 %"),
  ]
}
