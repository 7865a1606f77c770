import ArgumentParser
import CaseModel

/// Lists the releases of a case.
struct ReleaseList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Phrase(
      "Vis frigivelserne, og hvordan de står.", "List the releases and how they stand."
    ).said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    try session.list(grants: session.grants(.release, in: session.file(caseReference)))
  }
}
