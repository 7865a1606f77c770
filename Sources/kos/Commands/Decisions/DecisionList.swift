import ArgumentParser
import CaseModel

/// Lists a case's decisions.
struct DecisionList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: Phrase("Vis en sags afgørelser.", "List a case's decisions.").said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    try session.list(grants: session.grants(.decision, in: session.file(caseReference)))
  }
}
