import ArgumentParser
import CaseModel

/// Lists the legal bases.
struct LegalBasisList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Phrase(
      "Vis hjemlerne, og hvordan de står.", "List the legal bases and how they stand."
    ).said)

  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws { try session.list(grants: session.table(.legalBasis)) }
}
