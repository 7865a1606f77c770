import ArgumentParser
import CaseModel

/// Lists the training days.
struct TrainingList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: Phrase("Vis uddannelsesdagene.", "List the training days.").said)

  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    var rows: [[String]] = []
    let records = try session.table(.trainingDay)
    try session.keepNumbers(of: records)
    for (place, record) in records.enumerated() {
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
