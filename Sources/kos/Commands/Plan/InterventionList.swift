import ArgumentParser
import CaseModel

/// Lists the interventions with who pays for them.
struct InterventionList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Phrase("Vis indsatserne.", "List the interventions.").said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let stock = try session.replica.stock()
    let output = session.output
    var rows: [[String]] = []
    try session.keepNumbers(of: file.all(.intervention))
    for (place, record) in try session.open(file.all(.intervention)).enumerated() {
      let status = record.text(Field.Intervention.status) ?? Code.proposed
      let shares = FundingShares(of: record.id, in: file)
      try session.open(shares.records)
      let amount = record.integer(Field.Intervention.amount)
      let (start, end) = (record.day(Field.Intervention.startsOn), record.day(Field.Intervention.endsOn))
      output.object([
        ("number", .integer(Int64(place + 1))), ("record", JSON(record.id)),
        ("title", JSON(record.text(Field.Intervention.title))), ("status", .string(status.shown)),
        ("legal_basis", JSON(record.text(Field.Intervention.legalBasis))),
        ("responsible", JSON(record.identifier(Field.Intervention.responsible))),
        ("amount", JSON(amount)), ("starts_on", JSON(start)), ("ends_on", JSON(end)),
        ("goal", JSON(record.identifier(Field.Intervention.goal))),
        ("funded_percent", .integer(Int64(shares.percent))),
        ("pending", .boolean(try session.replica.isPending(record.id))),
      ])
      let days = [start, end].compactMap { $0?.description }.joined(separator: " – ")
      let who = record.identifier(Field.Intervention.responsible).map { session.name($0, stock) } ?? ""
      let mark = try session.mark(record)
      rows.append([
        String(place + 1), output.label(status), record.text(Field.Intervention.title)?.shown ?? "–",
        days, who, shares.records.isEmpty ? mark : output.say(.funded, String(shares.percent)) + mark,
      ])
    }
    output.table(rows)
  }
}
