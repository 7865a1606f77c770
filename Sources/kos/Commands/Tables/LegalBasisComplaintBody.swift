import ArgumentParser
import CaseModel

/// Says who decides complaints about decisions by a law that is in the register already.
struct LegalBasisComplaintBody: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "complaint-body",
    abstract: Phrase(
      "Sig, hvem der afgør klager over afgørelser efter en hjemmel; det gælder dem, der træffes fra nu af.",
      "Say who decides complaints about decisions by a legal basis; it holds for those issued from now on."
    ).said)

  @Argument(
    help: Phrase("Nummer i legal-basis list eller id.", "Its number in legal-basis list, or its id.").help())
  var basis: String
  @Argument(
    help: Phrase("Hvem der afgør klager.", "Who decides complaints.").help(valueName: "body"))
  var body: String
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let record = try session.record(basis, in: session.table(.legalBasis))
    guard !body.allSatisfy(\.isWhitespace) else { throw Failure(.usage, .noText) }
    guard !record.hasElements(Field.LegalBasis.ended) else {
      throw Failure(.usage, .endedAlready, session.kind(record.kind).capitalisedFirst)
    }
    try await session.save(table: CaseWork.complaints(about: record, to: body), write)
  }
}
