import ArgumentParser
import CaseModel

/// Lists the notes.
struct NoteList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: Phrase("Vis notaterne.", "List the notes.").said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"))
  var caseReference: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    try session.list(session.file(caseReference).all(.note), session.replica.stock())
  }
}
