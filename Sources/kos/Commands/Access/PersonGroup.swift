import ArgumentParser
import CRDT
import CaseModel

/// The persons of the register.
struct PersonGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "person", abstract: "The persons of the register.",
    subcommands: [PersonAdd.self, PersonList.self])
}
