import ArgumentParser
import CaseModel

/// Records a training day (R64).
struct TrainingAdd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: Phrase("Notér en uddannelsesdag.", "Record a training day.").said)

  @Option(help: Phrase("Hvad den handler om.", "What it is about.").help())
  var title: String
  @Option(
    help: Phrase("Dagen, den er planlagt til.", "The day for which it is planned.").help(valueName: "day"))
  var planned: CalendarDay?
  @Option(help: Phrase("Dagen, den blev holdt.", "The day on which it was held.").help(valueName: "day"))
  var held: CalendarDay?
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    guard planned != nil || held != nil else { throw Failure(.usage, .trainingWhen) }
    try await session.save(
      table: CaseWork.trainingDay(
        id: session.replica.newIdentifier(), title: title, plannedOn: planned, heldOn: held), write)
  }
}

/// Records that a training day was held.
struct TrainingHeld: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "held",
    abstract: Phrase("Notér, at en uddannelsesdag blev holdt.", "Record that a training day was held.").said)

  @Argument(
    help: Phrase("Nummer i training list eller id.", "Its number in training list, or its id.").help())
  var training: String
  @Option(help: Phrase("Dagen, ellers i dag.", "The day, else today.").help(valueName: "day"))
  var on: CalendarDay?
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let record = try session.record(training, in: session.table(.trainingDay))
    try await session.save(table: CaseWork.hold(trainingDay: record, on: session.day(on)), write)
  }
}

/// Lists the training days.
struct TrainingList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: Phrase("Vis uddannelsesdagene.", "List the training days.").said)

  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    var rows: [[String]] = []
    for (place, record) in try session.table(.trainingDay).enumerated() {
      let days = [Field.TrainingDay.plannedOn, Field.TrainingDay.heldOn].map { record.day($0) }
      let title = record.text(Field.TrainingDay.title)
      session.output.object([
        ("number", .integer(Int64(place + 1))), ("record", JSON(record.id)), ("title", JSON(title)),
        ("planned_on", JSON(days[0])), ("held_on", JSON(days[1])),
        ("pending", .boolean(try session.replica.isPending(record.id))),
      ])
      rows.append([
        String(place + 1), days[0]?.description ?? "–", days[1]?.description ?? "–",
        (title?.shown ?? "–") + (try session.mark(record)),
      ])
    }
    session.output.table(rows)
  }
}
