import ArgumentParser

/// What one person does not read, whatever else is so.
struct WithholdingGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "withholding",
    abstract: Phrase(
      "Tilbageholdelser: hvad én person ikke læser, hvad der end ellers gælder.",
      "Withholdings: what one person does not read, whatever else is so."
    ).said,
    subcommands: [WithholdingAdd.self, WithholdingLift.self, WithholdingList.self])
}
