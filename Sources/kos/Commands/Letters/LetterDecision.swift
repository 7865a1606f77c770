import ArgumentParser
import CaseModel

/// Writes a decision to the family (R25, R62).
struct LetterDecision: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "decision", abstract: Phrase("En afgørelse til familien.", "A decision to the family.").said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @Argument(
    help: Phrase(
      "Afgørelsen: dens nummer i rækkefølge eller dens id.", "The decision: its number in order, or its id."
    )
    .help())
  var decision: String
  @OptionGroup var recipient: LetterRecipientOptions
  @OptionGroup var letter: LetterOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    try session.checkPrinting(in: file)
    let record = try session.record(decision, in: session.grants(.decision, in: file))
    let stock = try session.replica.stock()
    let person = try recipient.person(in: file, session)
    var paper = LetterPaper(session, stock, file, try session.letterScope(for: person, in: file))
    let name = person.map { paper.name($0) } ?? paper.say(.letterFamily)
    let page = try paper.decisionPage(record, to: name)
    try await session.print(page, of: paper, as: "decision", to: person, label: "family", letter)
  }
}
