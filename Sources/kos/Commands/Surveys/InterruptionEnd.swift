import ArgumentParser
import CaseModel

/// Records the last day of an interruption.
struct InterruptionEnd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "end",
    abstract: Phrase("Notér en afbrydelses sidste dag.", "Record an interruption's last day.").said)

  @Argument(
    help: Phrase("Nummer i interruption list eller id.", "Its number in interruption list, or its id.").help()
  )
  var interruption: String
  @Option(
    help: Phrase("Den sidste dag, ellers i dag.", "The last day, else today.").help(valueName: "day"),
    transform: CalendarDay.past)
  var on: CalendarDay?
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let record = try session.record(interruption, in: session.table(.interruption))
    let day = session.day(on)
    if let start = record.day(Field.Interruption.fromDay), day < start {
      throw Failure(.usage, .emptyPeriod, start.description)
    }
    try await session.save(table: CaseWork.end(interruption: record, on: day), write)
  }
}
