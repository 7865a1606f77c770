import Testing

/// A step that cannot be taken yet, or not any more, and why.
struct ImpossibleOrder: CustomTestStringConvertible, Sendable {
  /// What was done before it.
  let setup: [String]
  let words: String
  let exit: Int32
  let english: String
  let danish: String

  private init(
    after setup: [String], _ words: String, exit: Int32 = 2, _ english: String, _ danish: String
  ) {
    (self.setup, self.words, self.exit) = (setup, words, exit)
    (self.english, self.danish) = (english, danish)
  }

  var testDescription: String { (setup.suffix(1) + ["kos " + words]).joined(separator: ", then ") }

  private typealias Order = ImpossibleOrder

  /// Each pair that the workflow forbids.
  static let all: [ImpossibleOrder] = [
    Order(after: [], "case accept F01", "The family was not asked yet", "Familien er ikke spurgt endnu"),
    Order(after: [], "case decline F01", "The family was not asked yet", "Familien er ikke spurgt endnu"),
    Order(
      after: ["case offer F01", "case decline F01"], "case enrol F01", "The family said no",
      "Familien har takket nej"),
    Order(
      after: ["case offer F01", "case accept F01", "case enrol F01"], "case enrol F01",
      "are enrolled already", "er indskrevet i forvejen"),
    Order(
      after: ["case enrol F01 --reason x", "case close F01 --reason nået"], "case close F01 --reason nået",
      "are discharged already", "er udskrevet i forvejen"),
    Order(after: [], "case enrol F01", "The family has not said yes", "Familien har ikke sagt ja"),
    Order(
      after: [
        "case eligibility F01 --no-several-laws --no-daily-life --on 2021-01-01 --confirm --reason x",
        "case offer F01", "case accept F01",
      ], "case enrol F01", "do not enrol (criteria not met)", "ikke (kriterier ikke opfyldt)"),
    Order(
      after: ["case offer F01", "case accept F01", "case enrol F01"], "case decline F01",
      "are enrolled. Nothing was saved", "er indskrevet. Intet er gemt"),
    Order(
      after: ["case enrol F01 --reason x"], "case close F01 --reason x --on i-går",
      "is before the children were enrolled", "er før børnene blev indskrevet"),
    Order(
      after: ["case new --label F50 --source hospital"], "case close F50 --reason x --on i-går",
      "is before the case began on", "er før sagen begyndte den"),
    Order(
      after: ["case new --label F50 --source hospital"], "contact log F50 --kind visit --text x --on i-går",
      "is before the case began on", "er før sagen begyndte den"),
    Order(
      after: ["case new --label F50 --source hospital"], "plan agree F50 --on i-går",
      "is before the case began on", "er før sagen begyndte den"),
    Order(
      after: ["case new --label F50 --source hospital"], "follow-up hold F50 --on i-går",
      "is before the case began on", "er før sagen begyndte den"),
    Order(
      after: ["case new --label F50 --source hospital"], "meeting call F50 --kind analysis --on i-går",
      "is before the case began on", "er før sagen begyndte den"),
    Order(
      after: ["case new --label F50 --source hospital"], "meeting add F50 --kind analysis --on i-går",
      "is before the case began on", "er før sagen begyndte den"),
    Order(after: [], "request add F01 ppv --due i-går", "when it was asked for", "da der blev spurgt"),
    Order(
      after: [], "case new --label F51 --child Bo:om-3-dage", "the child cannot be born then",
      "barnet kan ikke være født da"),
    Order(
      after: ["meeting call F01 --kind analysis --with-parents --on i-dag"], "meeting hold F01 1",
      "No parent is recorded as present", "Ingen forælder er noteret"),
    Order(
      after: [], "meeting add F01 --kind analysis --with-parents --participant Karin",
      "No parent is recorded as present", "Ingen forælder er noteret"),
    Order(
      after: [], "step complete F01 7a", "missing: an issued decision", "mangler: en truffet afgørelse"),
    Order(
      after: ["release give F01 --to Mor --type plan", "release end F01 1"], "release end F01 1",
      "has ended already", "er ophørt i forvejen"),
    Order(after: [], "meeting hold F01 1", "There is no 1 here", "Der er intet 1 her"),
    Order(after: [], "meeting answer F01 1 yes", "There is no 1 here", "Der er intet 1 her"),
    Order(after: [], "meeting cancel F01 1", "There is no 1 here", "Der er intet 1 her"),
    Order(
      after: ["meeting call F01 --kind analysis --on om-3-dage"], "meeting hold F01 1", "has not come yet",
      "er ikke kommet"),
    Order(
      after: ["meeting call F01 --kind analysis --on i-dag", "meeting cancel F01 1"], "meeting hold F01 1",
      "The meeting is cancelled, and not called", "Mødet er aflyst, og ikke indkaldt"),
    Order(
      after: ["meeting call F01 --kind analysis --on i-dag", "meeting cancel F01 1"],
      "meeting answer F01 1 yes", "The meeting is cancelled, and not called",
      "Mødet er aflyst, og ikke indkaldt"),
    Order(
      after: ["meeting call F01 --kind analysis --on i-dag", "meeting hold F01 1"], "meeting hold F01 1",
      "The meeting is held, and not called", "Mødet er holdt, og ikke indkaldt"),
    Order(
      after: ["meeting call F01 --kind analysis --on i-dag", "meeting hold F01 1"], "meeting cancel F01 1",
      "The meeting is held, and not called", "Mødet er holdt, og ikke indkaldt"),
    Order(
      after: ["meeting call F01 --kind analysis --on i-dag", "meeting hold F01 1"], "meeting answer F01 1 no",
      "The meeting is held, and not called", "Mødet er holdt, og ikke indkaldt"),
    Order(
      after: ["meeting call F01 --kind assessment --on i-dag"], "meeting hold F01 1 --missing ppv=om-3-dage",
      "--missing belongs to an analysis meeting", "--missing hører til et analysemøde"),
    Order(
      after: [], "meeting add F01 --kind analysis --on om-3-dage", "has not come yet", "er ikke kommet"),
    Order(after: [], "follow-up hold F01 --on om-3-dage", "has not come yet", "er ikke kommet"),
    Order(after: [], "request receive F01 1", "There is no 1 here", "Der er intet 1 her"),
    Order(after: [], "request waive F01 1 --reason x", "There is no 1 here", "Der er intet 1 her"),
    Order(
      after: ["request add F01 ppv --due om-3-dage", "request receive F01 1"], "request receive F01 1",
      "That information is not waited for any more", "Der ventes ikke længere på den oplysning"),
    Order(
      after: ["request add F01 ppv --due om-3-dage", "request receive F01 1"],
      "request waive F01 1 --reason x", "That information is not waited for any more",
      "Der ventes ikke længere på den oplysning"),
    Order(
      after: ["request add F01 ppv --due om-3-dage", "request waive F01 1 --reason x"],
      "request receive F01 1", "That information is not waited for any more",
      "Der ventes ikke længere på den oplysning"),
    Order(after: [], "decision issue F01 1", "There is no 1 here", "Der er intet 1 her"),
    Order(after: [], "decision change F01 1 --amount 1", "There is no 1 here", "Der er intet 1 her"),
    Order(
      after: [
        "decision prepare F01 --matter respite --amount 5000 --outcome granted --law lov --text begrundelse"
      ], "decision issue F01 1", "The basis for the decision lacks something",
      "Grundlaget for afgørelsen mangler noget"),
    Order(
      after: [
        "decision prepare F01 --matter respite --amount 5000 --outcome granted --law lov --text begrundelse"
      ], "decision issue F01 1 --despite haster", exit: 3, "It is not yours to decide",
      "Det er ikke dit at afgøre"),
    Order(
      after: [
        "decision prepare F01 --matter respite --amount 5000 --outcome granted --law lov --text begrundelse"
      ], "decision deliver F01 1", "The decision has not been issued yet", "er ikke truffet endnu"),
    Order(
      after: [
        "decision prepare F01 --matter respite --amount 5000 --outcome granted --law lov --text begrundelse"
      ], "decision explain F01 1", "The decision has not been issued yet", "er ikke truffet endnu"),
    Order(
      after: [
        "decision prepare F01 --matter respite --amount 5000 --outcome granted --law lov --text begrundelse"
      ], "decision withdraw F01 1", "The decision has not been issued yet", "er ikke truffet endnu"
    ),
    Order(
      after: [
        "decision prepare F01 --matter respite --amount 5000 --outcome granted --law lov --text begrundelse"
      ], "letter decision F01 1 --out x.html", "The decision is not issued yet",
      "er ikke truffet endnu"),
    Order(
      after: ["meeting call F01 --kind analysis --on i-dag"], "letter minutes F01 1 --out y.html",
      "The meeting is called, and not held", "Mødet er indkaldt, og ikke holdt"),
    Order(after: [], "plan show F01", "has no plan yet", "har ingen plan endnu"),
    Order(
      after: ["goal end F01 1"], "plan agree F01 --goal 1", "has ended or was replaced",
      "er afsluttet eller afløst"),
    Order(
      after: ["goal end F01 1"], "plan agree F01", "Case F01 has no open goals",
      "Sag F01 har ingen åbne mål"),
    Order(
      after: ["goal end F01 1"], "goal end F01 1", "The goal 1 has ended or was replaced",
      "Målet 1 er afsluttet eller afløst"),
    Order(
      after: ["goal end F01 1"], "goal rank F01 1 --rank 2", "has ended or was replaced",
      "er afsluttet eller afløst"),
    Order(
      after: ["goal end F01 1"], "goal replace F01 1 --text x", "The goal 1 has ended or was replaced",
      "Målet 1 er afsluttet eller afløst"),
    Order(
      after: ["goal end F01 1"], "task add F01 x --goal 1 --owner me", "has ended or was replaced",
      "er afsluttet eller afløst"),
    Order(
      after: ["goal end F01 1"], "intervention propose F01 --title x --goal 1",
      "The goal 1 has ended or was replaced", "Målet 1 er afsluttet eller afløst"),
    Order(after: [], "intervention start F01 1", "There is no 1 here", "Der er intet 1 her"),
    Order(after: [], "intervention end F01 1", "There is no 1 here", "Der er intet 1 her"),
    Order(
      after: [], "funding share F01 1 --payer x --law y --percent 10", "There is no 1 here",
      "Der er intet 1 her"),
    Order(
      after: ["intervention propose F01 --title x", "intervention start F01 1", "intervention end F01 1"],
      "intervention start F01 1", "The intervention 1 has ended", "Indsatsen 1 er afsluttet"),
    Order(
      after: ["intervention propose F01 --title x", "intervention start F01 1", "intervention end F01 1"],
      "intervention end F01 1", "The intervention 1 has ended", "Indsatsen 1 er afsluttet"),
    Order(
      after: ["intervention propose F01 --title x", "intervention start F01 1 --on 2020-05-01"],
      "intervention end F01 1 --on 2020-04-01", "is before 2020-05-01", "er før 2020-05-01"),
    Order(
      after: ["intervention propose F01 --title x", "funding share F01 1 --payer x --law y --percent 100"],
      "funding share F01 1 --payer x --law y --percent 1", "1 per cent does not fit", "1 procent går ikke"),
    Order(after: [], "task complete F01 1", "There is no 1 here", "Der er intet 1 her"),
    Order(
      after: ["task add F01 x --owner me", "task complete F01 1"], "task complete F01 1",
      "The task is completed and stays so", "Opgaven er udført, og derved bliver det"),
    Order(
      after: ["task add F01 x --owner me", "task complete F01 1"], "task start F01 1",
      "The task is completed and stays so", "Opgaven er udført, og derved bliver det"),
    Order(
      after: ["task add F01 x --owner me", "task complete F01 1"], "task cancel F01 1 --reason x",
      "The task is completed and stays so", "Opgaven er udført, og derved bliver det"),
    Order(
      after: ["task add F01 x --owner me", "task start F01 1"], "task accept F01 1",
      "The task is in progress and stays so", "Opgaven er i gang, og derved bliver det"),
    Order(
      after: ["task add F01 x --owner me", "task start F01 1"], "task reject F01 1 --reason x",
      "The task is in progress and stays so", "Opgaven er i gang, og derved bliver det"),
    Order(
      after: ["task add F01 x --owner me --due 2020-01-01"], "task complete F01 1",
      "The task was to be done by", "Opgaven skulle være gjort"),
    Order(after: [], "change confirm F01 1 --reason x", "There is no 1 here", "Der er intet 1 her"),
    Order(
      after: ["change add F01 --trigger divorce", "change confirm F01 1 --reason x"],
      "change decline F01 1 --reason x", "The change 1 is decided", "Ændringen 1 er afgjort"),
    Order(
      after: ["change add F01 --trigger divorce", "change decline F01 1 --reason x"],
      "change confirm F01 1 --reason x", "The change 1 is decided", "Ændringen 1 er afgjort"),
    Order(
      after: ["change add F01 --trigger divorce --on 2021-05-01"],
      "change confirm F01 1 --reason x --on 2021-04-01", "is before 2021-05-01", "er før 2021-05-01"),
    Order(
      after: [], "step complete F01 assessment", "The step assessment cannot be done",
      "Trinet assessment kan ikke være gjort"),
    Order(
      after: [], "step skip F01 2", "The step assessment is not optional",
      "Trinet assessment er ikke frivilligt"),
    Order(
      after: [], "agenda item F01 --outcome none", "There is no status meeting yet",
      "Der er intet statusmøde endnu"),
    Order(after: [], "status-meeting add --on om-3-dage", "has not come yet", "er ikke kommet"),
    Order(after: [], "consent sign F01 1", "There is no 1 here", "Der er intet 1 her"),
    Order(after: [], "consent withdraw F01 1", "There is no 1 here", "Der er intet 1 her"),
    Order(after: [], "release end F01 1", "There is no 1 here", "Der er intet 1 her"),
    Order(after: [], "ground end F01 1", "There is no 1 here", "Der er intet 1 her"),
    Order(
      after: [], "ground invoke F01 --basis x --to Poul --type health --for coordination --months 1",
      "There is no x here", "Der er intet x her"),
    Order(after: [], "withholding lift F01 1", "There is no 1 here", "Der er intet 1 her"),
    Order(after: [], "erasure confirm F01 1", "There is no 1 here", "Der er intet 1 her"),
    Order(after: [], "erasure end F01 1", "There is no 1 here", "Der er intet 1 her"),
    Order(
      after: [], "erasure confirm --register 1", "There is no 1 here", "Der er intet 1 her"),
    Order(after: [], "erasure end --register 1", "There is no 1 here", "Der er intet 1 her"),
    Order(after: [], "erasure end 1", "Say the case and the number", "Sig sagen og nummeret"),
    Order(after: [], "transfer confirm F01", "Nothing waits for that", "Der er intet, som venter på det"),
    Order(after: [], "arrival confirm F01", "Nothing waits for that", "Der er intet, som venter på det"),
    Order(after: [], "vouching confirm 1 --months 1", "There is no 1 here", "Der er intet 1 her"),
    Order(after: [], "vouching end 1", "There is no 1 here", "Der er intet 1 her"),
    Order(after: [], "information-type confirm 1", "There is no 1 here", "Der er intet 1 her"),
    Order(after: [], "authority-limit confirm 1", "There is no 1 here", "Der er intet 1 her"),
    Order(after: [], "authority-limit end 1", "There is no 1 here", "Der er intet 1 her"),
    Order(after: [], "legal-basis end 1", "There is no 1 here", "Der er intet 1 her"),
    Order(after: [], "legal-basis complaint-body 1 x", "There is no 1 here", "Der er intet 1 her"),
    Order(after: [], "update triage 1 --outcome none", "There is no 1 here", "Der er intet 1 her"),
    Order(after: [], "held confirm 1", "1 is not held here", "1 er ikke tilbageholdt her"),
    Order(after: [], "held withdraw 1", "1 is not held here", "1 er ikke tilbageholdt her"),
    Order(after: [], "training held 1", "There is no 1 here", "Der er intet 1 her"),
    Order(after: [], "interruption end 1", "There is no 1 here", "Der er intet 1 her"),
    Order(
      after: ["interruption add --cause x --from 2020-05-01"], "interruption end 1 --on 2020-04-01",
      "The period ends before it begins on", "Perioden slutter, før den begynder"),
    Order(
      after: [], "interruption add --cause x --from 2020-05-01 --until 2020-04-01",
      "The period ends before it begins on", "Perioden slutter, før den begynder"),
    Order(
      after: [], "participant end F01 --person Ole", "Ole does not take part in the case",
      "Ole deltager ikke i sagen"),
    Order(after: [], "protected-contact show F01 1", "There is no 1 here", "Der er intet 1 her"),
    Order(after: [], "protected-contact change F01 1 --text x", "There is no 1 here", "Der er intet 1 her"),
    Order(after: [], "workflow move F01 kos@2", "There is no workflow kos@2", "Intet sagsflow hedder kos@2"),
    Order(after: [], "resolve 1 --value 1", "There is no 1 here", "Der er intet 1 her"),
    Order(
      after: ["case eligibility F01 --confirm --reason x"], "case eligibility F01 --confirm --decline",
      "Confirm or decline, not both", "Bekræft eller afvis, ikke begge dele"),
    Order(after: [], "case offer F01 --on om-3-dage", "has not come yet", "er ikke kommet"),
    Order(
      after: ["case offer F01"], "case decline F01 --on om-3-dage", "has not come yet", "er ikke kommet"),
    Order(
      after: ["case offer F01"], "case accept F01 --on i-går", "when it was asked", "da der blev spurgt"),
    Order(
      after: [], "case allocate F01 --coordinator Karin --on om-3-dage", "has not come yet",
      "er ikke kommet"),
    Order(
      after: ["case new --label F50 --source hospital"],
      "case allocate F50 --coordinator Karin --on i-går", "is before the case began on",
      "er før sagen begyndte den"),
    Order(after: [], "case new --label F50 --received om-3-dage", "has not come yet", "er ikke kommet"),
    Order(
      after: ["request add F01 ppv --due om-3-dage"], "request receive F01 1 --on i-morgen",
      "has not come yet", "er ikke kommet"),
    Order(
      after: ["request add F01 ppv --due om-3-dage"], "request receive F01 1 --on i-går",
      "when it was asked", "da der blev spurgt"),
    Order(after: [], "note add F01 --text x --on om-3-dage", "has not come yet", "er ikke kommet"),
    Order(
      after: [], "participant end F01 --person Poul --on om-3-dage", "has not come yet", "er ikke kommet"),
    Order(
      after: [], "case eligibility F01 --confirm", "say why with --reason", "skriv hvorfor med --reason"),
    Order(
      after: [], "contact log F01 --kind visit --text x --on om-3-dage", "has not come yet",
      "er ikke kommet"),
  ]
}
