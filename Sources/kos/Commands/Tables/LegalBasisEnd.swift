import ArgumentParser
import CaseModel

/// Ends a legal basis.
struct LegalBasisEnd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "end",
    abstract: Phrase(
      "Afslut en hjemmel. Det virker altid.", "End a legal basis. It always takes effect."
    ).said)

  @Argument(
    help: Phrase("Nummer i legal-basis list eller id.", "Its number in legal-basis list, or its id.").help())
  var basis: String
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    try await session.end(session.record(basis, in: session.table(.legalBasis)), write, in: nil)
  }
}
