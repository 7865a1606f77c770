import ArgumentParser
import CRDT
import CaseModel

/// Records an inquiry in a case that is open: the one that it was opened without, or another (R1).
struct CaseInquiry: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "inquiry",
    abstract: Phrase(
      "Notér, hvem der henvendte sig, i en sag, der er oprettet.",
      "Record who turned to the municipality, in a case that is open."
    ).said)

  @OptionGroup var step: StepOptions
  @Option(
    help: Phrase(
      "Hvem der henvendte sig: citizen, health_visitor, hospital, rehabilitation …",
      "Who turned to the municipality: citizen, health_visitor, hospital, rehabilitation …"
    ).help())
  var source: String
  @Option(help: Phrase("Kommunen, som familien bor i.", "The municipality that the family lives in.").help())
  var municipality: String?
  @Option(
    help: Phrase("Hvad henvendelsen sagde; gemmes i et notat.", "What the inquiry said; kept in a note.")
      .help())
  var text: String?
  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.writing

  func work(_ session: Session) async throws {
    let file = try session.file(step.caseReference)
    let drafts = CaseWork.inquiry(
      in: file.id, about: file.children.map(\.id), source: source, on: try session.pastDay(step.on),
      municipality: municipality, text: session.reason(text, in: file), identify: session.identify)
    try await session.save(drafts, step.write, in: file)
  }
}
