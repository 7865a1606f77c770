import ArgumentParser
import CaseModel

/// Shows a decision with its reasons.
struct DecisionShow: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: Phrase("Vis en afgørelse med begrundelsen.", "Show a decision with its reasons.").said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @Argument(
    help: Phrase("Dens nummer i decision list, eller dens id.", "Its number in decision list, or its id.")
      .help())
  var decision: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let record = try session.record(decision, in: session.grants(.decision, in: file))
    let stock = try session.replica.stock()
    let named = record.identifier(Field.Decision.reasons)
    let reasons = file.all(.decisionReasons).first { $0.id == named }
    try session.open([record] + [reasons].compactMap { $0 })
    let output = session.output
    let text = reasons?.text(Field.DecisionReasons.text)
    output.object(try session.grantMembers(record, stock) + [("text", JSON(text))])
    let standing = session.standing(of: record, stock).map { output.label($0.rawValue) } ?? "–"
    output.line("\(session.kind(record.kind).capitalisedFirst) \(session.short(record.id)): \(standing)")
    for line in session.says(record, stock) { output.line("  " + line) }
    // Who does not hold the reasons is told so, and not that there are none.
    output.line(text?.shownBlock ?? output.say(.reasonsNotHere))
  }
}
