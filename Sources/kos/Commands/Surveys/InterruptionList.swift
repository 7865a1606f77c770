import ArgumentParser
import CaseModel

/// Lists the interruptions.
struct InterruptionList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: Phrase("Vis afbrydelserne.", "List the interruptions.").said)

  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    var rows: [[String]] = []
    let records = try session.table(.interruption)
    try session.keepNumbers(of: records)
    for (place, record) in records.enumerated() {
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
