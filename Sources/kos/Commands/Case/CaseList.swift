import ArgumentParser
import CaseModel

/// Lists the cases.
struct CaseList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: Phrase("Vis sagerne.", "List the cases.").said)

  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let stock = try session.replica.stock()
    let today = session.day(nil)
    let forecast = try session.ownForecast()
    try session.open(
      stock.cases.flatMap { $0.records[.case, default: []] + [$0.allocation].compactMap { $0 } })
    var rows: [[String]] = []
    for file in stock.cases {
      let reference = session.reference(file.id) ?? ""
      func count(_ records: [CaseRecord], _ kind: RecordKind) -> JSON {
        session.members(counting: records, of: kind, in: file, forecast)
      }
      session.output.object([
        ("case", .string(reference)), ("case_id", JSON(file.id)), ("label", JSON(file.label)),
        ("status", JSON(forecast.status(of: file, on: today)?.rawValue)),
        ("children", count(file.children, .child)),
        ("coordinator", JSON(file.coordinator.map { session.name($0, stock) })),
        ("open_updates", count(file.openUpdates, .externalUpdate)),
      ])
      rows.append([
        reference, session.short(file.id), file.label?.shown ?? "–", session.status(of: file, forecast),
        session.coordinator(of: file, forecast, stock),
      ])
    }
    session.output.table(rows)
  }
}
