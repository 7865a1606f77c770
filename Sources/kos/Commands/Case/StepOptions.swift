import ArgumentParser
import CRDT
import CaseModel

/// What the commands for one step of a case take.
struct StepOptions: ParsableArguments {
  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @Option(
    help: Phrase("Dagen, ellers i dag.", "The day, else today.").help(valueName: "day"),
    transform: CalendarDay.past)
  var on: CalendarDay?
  @OptionGroup var write: WriteOptions
}
