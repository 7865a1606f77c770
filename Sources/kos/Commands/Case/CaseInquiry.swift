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
  @Option(help: InquiryOptions.source)
  var source: String
  @OptionGroup var inquiry: InquiryOptions
  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.writing

  func work(_ session: Session) async throws {
    let file = try session.file(step.caseReference)
    let drafts = CaseWork.inquiry(
      in: file.id, about: file.children.map(\.id), source: source, on: try session.pastDay(step.on),
      municipality: inquiry.municipality, text: session.reason(inquiry.text, in: file),
      identify: session.identify)
    try await session.save(drafts, step.write, in: file)
  }
}
