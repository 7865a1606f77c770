import ArgumentParser
import CaseModel

/// Lists the vouchings.
struct VouchingList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Phrase(
      "Vis indeståelserne, og hvordan de står.", "List the vouchings and how they stand."
    ).said)

  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws { try session.list(grants: session.table(.vouching)) }
}
