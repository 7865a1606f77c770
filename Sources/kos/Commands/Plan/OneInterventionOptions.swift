import ArgumentParser
import CaseModel

/// What the commands take that start or end an intervention.
struct OneInterventionOptions: ParsableArguments {
  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @Argument(
    help: Phrase(
      "Indsatsen: dens nummer i intervention list eller dens id.",
      "The intervention: its number in intervention list, or its id."
    ).help())
  var intervention: String
  @Option(
    help: Phrase("Dagen, ellers i dag.", "The day, else today.").help(valueName: "day"),
    transform: CalendarDay.past)
  var on: CalendarDay?
  @OptionGroup var write: WriteOptions

  /// The case and the intervention, which has not ended.
  func notEnded(_ session: Session) throws -> (file: CaseFile, intervention: CaseRecord) {
    let file = try session.file(caseReference)
    let record = try session.record(intervention, in: file.all(.intervention))
    guard record.day(Field.Intervention.endsOn) == nil else {
      throw Failure(.usage, .interventionEnded, intervention)
    }
    return (file, record)
  }
}
