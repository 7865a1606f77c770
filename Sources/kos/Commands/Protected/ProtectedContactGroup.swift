import ArgumentParser

/// Where somebody lives, goes to school or is met, and CPR numbers: closed to all but whom they name.
struct ProtectedContactGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "protected-contact",
    abstract: Phrase(
      "Beskyttede kontaktoplysninger: adresse, skole, opholdssted, mødested og CPR, lukket for alle andre "
        + "end dem, de nævner.",
      "Protected contacts: address, school, whereabouts, meeting place and CPR number, closed to all but "
        + "whom they name."
    ).said,
    subcommands: [
      ProtectedContactAdd.self, ProtectedContactChange.self, ProtectedContactAudience.self,
      ProtectedContactList.self, ProtectedContactShow.self,
    ])
}
