import ArgumentParser

/// For whom an organisation vouches.
struct VouchingGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vouching",
    abstract: Phrase(
      "Indeståelser: hvem en organisation siger god for.", "For whom an organisation vouches."
    ).said,
    subcommands: [VouchingAdd.self, VouchingConfirm.self, VouchingEnd.self, VouchingList.self])
}
