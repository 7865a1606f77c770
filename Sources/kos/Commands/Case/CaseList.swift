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
    try session.open(
      stock.cases.flatMap { $0.records[.case, default: []] + [$0.allocation].compactMap { $0 } })
    var rows: [[String]] = []
    for file in stock.cases {
      let reference = session.reference(file.id) ?? ""
      let status = file.status(at: today).rawValue
      let coordinator = file.coordinator.map { session.name($0, stock) }
      session.output.object([
        ("case", .string(reference)), ("case_id", JSON(file.id)), ("label", JSON(file.label)),
        ("status", .string(status)), ("children", .integer(Int64(file.children.count))),
        ("coordinator", JSON(coordinator)), ("open_updates", .integer(Int64(file.openUpdates.count))),
      ])
      rows.append([
        reference, session.short(file.id), file.label?.shown ?? "–", session.output.label(status),
        coordinator ?? "–",
      ])
    }
    session.output.table(rows)
  }
}
