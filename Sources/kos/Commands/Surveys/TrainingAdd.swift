import ArgumentParser
import CaseModel

/// Records a training day (R64).
struct TrainingAdd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: Phrase("Notér en uddannelsesdag.", "Record a training day.").said)

  @Option(help: Phrase("Hvad den handler om.", "What it is about.").help())
  var title: String
  @Option(
    help: Phrase("Dagen, den er planlagt til.", "The day for which it is planned.").help(valueName: "day"),
    transform: CalendarDay.coming)
  var planned: CalendarDay?
  @Option(
    help: Phrase("Dagen, den blev holdt.", "The day on which it was held.").help(valueName: "day"),
    transform: CalendarDay.past)
  var held: CalendarDay?
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    guard planned != nil || held != nil else { throw Failure(.usage, .trainingWhen) }
    let held = try held.map { try session.pastDay($0) }
    try await session.save(
      table: CaseWork.trainingDay(
        id: session.replica.newIdentifier(), title: title, plannedOn: planned, heldOn: held), write)
  }
}
