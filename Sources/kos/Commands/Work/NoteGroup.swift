import ArgumentParser
import CaseModel

/// Notes in free text.
struct NoteGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "note", abstract: Phrase("Notater i fri tekst.", "Notes in free text.").said,
    subcommands: [
      NoteAdd.self, NoteEdit.self, NoteList.self, NoteShow.self, NoteMove.self, NoteEnteredInError.self,
    ])
}
