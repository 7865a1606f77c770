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

/// What the commands take that start or end an intervention.
struct OneInterventionOptions: ParsableArguments {
  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"))
  var caseReference: String
  @Argument(
    help: Phrase(
      "Indsatsen: dens nummer i intervention list eller dens id.",
      "The intervention: its number in intervention list, or its id."
    ).help())
  var intervention: String
  @Option(help: Phrase("Dagen, ellers i dag.", "The day, else today.").help(valueName: "day"))
  var on: CalendarDay?
  @OptionGroup var write: WriteOptions
}
