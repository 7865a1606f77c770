import ArgumentParser
import CaseModel

/// Contacts with the family.
struct ContactGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "contact", abstract: "Contacts with the family.",
    subcommands: [ContactLog.self, ContactList.self])
}
