import ArgumentParser

/// Who pays for interventions.
struct FundingGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "funding",
    abstract: Phrase("Hvem der betaler for indsatser.", "Who pays for interventions.").said,
    subcommands: [FundingShareCommand.self, FundingList.self])
}
