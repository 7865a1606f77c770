import ArgumentParser
import CaseModel

/// Records that the work stands still (R64).
struct InterruptionAdd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: Phrase("Notér, at arbejdet ligger stille.", "Record that the work stands still.").said)

  @Option(help: Phrase("Hvorfor, med ét ord som covid.", "Why, in a word such as covid.").help())
  var cause: String
  @Option(help: Phrase("Den første dag, ellers i dag.", "The first day, else today.").help(valueName: "day"))
  var from: CalendarDay?
  @Option(
    help: Phrase("Den sidste dag, når den kendes.", "The last day, once it is known.").help(valueName: "day"))
  var until: CalendarDay?
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let start = session.day(from)
    if let until, until < start { throw Failure(.usage, .emptyPeriod, start.description) }
    try await session.save(
      table: CaseWork.interruption(
        id: session.replica.newIdentifier(), cause: cause, from: start, until: until), write)
  }
}

/// Records the last day of an interruption.
struct InterruptionEnd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "end",
    abstract: Phrase("Notér en afbrydelses sidste dag.", "Record an interruption's last day.").said)

  @Argument(
    help: Phrase("Nummer i interruption list eller id.", "Its number in interruption list, or its id.").help()
  )
  var interruption: String
  @Option(help: Phrase("Den sidste dag, ellers i dag.", "The last day, else today.").help(valueName: "day"))
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

/// Lists the interruptions.
struct InterruptionList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: Phrase("Vis afbrydelserne.", "List the interruptions.").said)

  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    var rows: [[String]] = []
    for (place, record) in try session.table(.interruption).enumerated() {
      let days = [Field.Interruption.fromDay, Field.Interruption.untilDay].map { record.day($0) }
      let cause = record.text(Field.Interruption.cause)
      session.output.object([
        ("number", .integer(Int64(place + 1))), ("record", JSON(record.id)), ("cause", JSON(cause)),
        ("from", JSON(days[0])), ("until", JSON(days[1])),
        ("pending", .boolean(try session.replica.isPending(record.id))),
      ])
      rows.append([
        String(place + 1), "\(days[0]?.description ?? "–") – \(days[1]?.description ?? "…")",
        (cause.map(session.output.label) ?? "–") + (try session.mark(record)),
      ])
    }
    session.output.table(rows)
  }
}
