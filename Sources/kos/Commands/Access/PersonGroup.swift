import ArgumentParser
import CRDT
import CaseModel

/// The persons of the register.
struct PersonGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "person", abstract: Phrase("Registrets personer.", "The persons of the register.").said,
    subcommands: [PersonAdd.self, PersonChange.self, PersonList.self])
}
