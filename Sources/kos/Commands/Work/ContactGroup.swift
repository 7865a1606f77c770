import ArgumentParser
import CaseModel

/// Contacts with the family.
struct ContactGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "contact", abstract: Phrase("Kontakter med familien.", "Contacts with the family.").said,
    subcommands: [ContactLog.self, ContactList.self])
}
