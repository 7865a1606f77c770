import ArgumentParser
import CaseModel

/// Lists the grounds of a case.
struct GroundList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Phrase(
      "Vis de påberåbte hjemler, og hvordan de står.", "List what was invoked and how it stands."
    ).said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    try session.list(grants: session.grants(.ground, in: session.file(caseReference)))
  }
}
