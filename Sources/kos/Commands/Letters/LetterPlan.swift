import ArgumentParser
import CaseModel

/// Writes the family's plan (R57).
struct LetterPlan: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: Phrase("Familiens plan, uden interne notater.", "The family's plan, without internal notes.")
      .said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @OptionGroup var recipient: LetterRecipientOptions
  @OptionGroup var letter: LetterOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    try session.checkPrinting(in: file)
    let stock = try session.replica.stock()
    let person = try recipient.person(in: file, session)
    var paper = LetterPaper(session, stock, file, try session.letterScope(for: person, in: file))
    let name = person.map { paper.name($0) } ?? paper.say(.letterFamily)
    guard let page = paper.planPage(to: name) else {
      throw Failure(.usage, person == nil ? .letterNoPlan : .letterNotReleased)
    }
    try await session.print(page, of: paper, as: "plan", to: person, label: "family", letter)
  }
}
