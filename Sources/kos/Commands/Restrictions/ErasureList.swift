import ArgumentParser
import CaseModel

/// Lists what of a case was erased, or is proposed to be.
struct ErasureList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Phrase(
      "Vis, hvad der er slettet eller foreslået slettet, og hvorfor.",
      "List what was erased or is proposed to be, and why."
    ).said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    try session.list(grants: session.grants(.erasure, in: session.file(caseReference)))
  }
}
