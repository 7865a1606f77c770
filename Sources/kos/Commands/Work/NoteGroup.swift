import ArgumentParser
import CaseModel

/// Notes in free text.
struct NoteGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "note", abstract: "Notes in free text.", subcommands: [NoteAdd.self, NoteList.self])
}
