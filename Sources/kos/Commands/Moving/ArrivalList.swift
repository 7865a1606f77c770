import ArgumentParser
import CaseModel

/// Lists what waits for a confirmation in cases that came from another tenant.
struct ArrivalList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Phrase(
      "Vis, hvad der kom fra en anden kommune og venter på en bekræftelse.",
      "List what came from another municipality and waits for a confirmation."
    ).said)

  @Argument(help: Phrase("Sagen; alle uden.", "The case; all without.").help(valueName: "ref"))
  var caseReference: String?
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let stock = try session.replica.stock()
    let files = try caseReference.map { [try session.file($0)] } ?? stock.cases
    let forecast = try session.forecast(for: session.me)
    var rows: [[String]] = []
    for file in files {
      let waiting = forecast.suspended(in: file.id)
      try session.open(waiting.map(\.record))
      for (record, objection) in waiting {
        session.output.object(
          session.governed(.change(record), in: file) + [
            ("objection", objection.map { .string($0.rawValue) } ?? .null)
          ])
        rows.append([
          session.reference(file.id) ?? "", session.short(record.id), session.kind(record.kind),
          session.describe(record, stock),
          objection.map { CodeNames.rule($0.rawValue, in: session.output.language) } ?? "",
        ])
      }
    }
    guard !rows.isEmpty else { return session.output.line(session.output.say(.nothingArrived)) }
    session.output.table(rows)
  }
}
