import ArgumentParser
import CRDT
import CaseModel

/// What the commands for one step of a case take.
struct StepOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("The case.", valueName: "ref"))
  var caseReference: String
  @Option(help: ArgumentHelp("The day, else today.", valueName: "day"))
  var on: CalendarDay?
  @OptionGroup var write: WriteOptions
}
