import ArgumentParser
import CaseModel

/// Lists a case's protected contacts, as far as the user reads them.
struct ProtectedContactList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Phrase(
      "Vis de beskyttede oplysninger, du må læse; CPR-numre uden de sidste cifre.",
      "List the protected contacts that you may read; CPR numbers without the last digits."
    ).said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    try session.list(grants: session.grants(.protectedContact, in: session.file(caseReference)))
  }
}
