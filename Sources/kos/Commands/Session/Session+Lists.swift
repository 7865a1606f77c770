import ArgumentParser
import CRDT
import CaseModel

extension Session {
  /// Lists records with number, day, kind and the first text.
  func list(_ records: [CaseRecord], _ stock: CaseStock) throws {
    var rows: [[String]] = []
    for record in try open(records) {
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
      output.say(.recorded, kind(draft.kind).capitalisedFirst, called(file.id)),
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
