import ArgumentParser
import CaseModel

/// Lists the cases that go, or went, to another tenant.
struct TransferList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Phrase(
      "Vis, hvilke sager der er flyttet eller foreslået flyttet, hvorhen og hvorfor.",
      "List which cases were moved or are proposed to be, where to and why."
    ).said)

  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    try session.list(
      grants: session.replica.stock().cases.flatMap { session.grants(.transfer, in: $0) })
  }
}
