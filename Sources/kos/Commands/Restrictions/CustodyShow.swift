import ArgumentParser
import CaseModel

/// Shows who holds custody of whom.
struct CustodyShow: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: Phrase(
      "Vis, hvem der har forældremyndighed over hvem.", "Show who holds custody of whom."
    ).said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    try session.list(grants: session.grants(.custody, in: session.file(caseReference)))
  }
}
