import ArgumentParser
import CaseModel

/// Lists the withholdings of a case.
struct WithholdingList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Phrase(
      "Vis, hvad der holdes tilbage fra hvem.", "List what is withheld from whom."
    ).said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    try session.list(grants: session.grants(.withholding, in: session.file(caseReference)))
  }
}
