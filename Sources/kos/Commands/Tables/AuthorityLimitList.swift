import ArgumentParser
import CaseModel

/// Lists the authority limits.
struct AuthorityLimitList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Phrase(
      "Vis beløbsgrænserne, og hvordan de står.", "List the authority limits and how they stand."
    ).said)

  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws { try session.list(grants: session.table(.authorityLimit)) }
}
