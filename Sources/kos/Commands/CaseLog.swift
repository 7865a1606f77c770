import ArgumentParser
import CRDT
import CaseModel

/// Tells what happened in a case, day by day.
struct CaseLog: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "Tell what happened in a case, day by day.")

  @Argument(help: ArgumentHelp("The case.", valueName: "ref"))
  var caseReference: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let stock = try session.replica.stock()
    let records = (file.records.values.joined() + file.updates).sorted { left, right in
      let days = (left.happenedOn ?? .min, right.happenedOn ?? .min)
      if days.0 != days.1 { return days.0 < days.1 }
      return left.created == right.created ? left.id < right.id : left.created < right.created
    }
    try session.list(Array(records), stock)
  }
}

extension Session {
  /// Lists records with number, day, kind and the first text.
  func list(_ records: [CaseRecord], _ stock: CaseStock) throws {
    var rows: [[String]] = []
    for record in records {
      output.object(try members(record, stock))
      rows.append([
        record.happenedOn?.description ?? "          ", kind(record.kind), short(record.id),
        summary(record, stock).shown(upTo: 70) + (try mark(record)),
      ])
    }
    output.table(rows)
  }

  /// The members for programs and the line for people of a record that was written in a case.
  func recorded(
    _ draft: RecordDraft, in file: CaseFile
  ) -> (line: String, members: [(String, JSON)]) {
    let reference = reference(file.id) ?? ""
    let name = draft.kind.definition?.name ?? ""
    return (
      output.say(.recorded, kind(draft.kind), reference),
      [
        ("record", JSON(draft.id)), ("kind", .string(name)), ("case", .string(reference)),
        ("case_id", JSON(file.id)),
      ]
    )
  }

  /// Saves one act in a case and tells of its first record.
  func save(_ drafts: [RecordDraft], _ options: WriteOptions, in file: CaseFile) async throws {
    guard let first = drafts.first else { return }
    let (line, members) = recorded(first, in: file)
    try await save(drafts, options, line, members)
  }
}
