import ArgumentParser
import CaseModel

/// Lists the entries on information types.
struct InformationTypeList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Phrase(
      "Vis reglerne om oplysningstyper, og hvordan de står.",
      "List the entries on information types and how they stand."
    ).said)

  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws { try session.list(grants: session.table(.informationType)) }
}
