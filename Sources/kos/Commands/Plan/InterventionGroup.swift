import ArgumentParser
import CaseModel

/// What the family gets: interventions.
struct InterventionGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "intervention",
    abstract: Phrase("Indsatser for familien.", "Interventions for the family.").said,
    subcommands: [
      InterventionPropose.self, InterventionStart.self, InterventionEnd.self, InterventionList.self,
    ])
}
