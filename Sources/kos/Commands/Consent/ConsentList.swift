import ArgumentParser
import CaseModel

/// Lists the consents of a case.
struct ConsentList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Phrase("Vis samtykkerne, og hvordan de står.", "List the consents and how they stand.").said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    try session.list(grants: session.grants(.consent, in: session.file(caseReference)))
  }
}
