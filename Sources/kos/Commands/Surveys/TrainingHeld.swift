import ArgumentParser
import CaseModel

/// Records that a training day was held.
struct TrainingHeld: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "held",
    abstract: Phrase("Notér, at en uddannelsesdag blev holdt.", "Record that a training day was held.").said)

  @Argument(
    help: Phrase("Nummer i training list eller id.", "Its number in training list, or its id.").help())
  var training: String
  @Option(
    help: Phrase("Dagen, ellers i dag.", "The day, else today.").help(valueName: "day"),
    transform: CalendarDay.past)
  var on: CalendarDay?
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let record = try session.record(training, in: session.table(.trainingDay))
    try await session.save(table: CaseWork.hold(trainingDay: record, on: session.pastDay(on)), write)
  }
}
