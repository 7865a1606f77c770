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
      recordedLine(draft, in: file),
      [
        ("record", JSON(draft.id)), ("kind", .string(name)), ("case", .string(reference)),
        ("case_id", JSON(file.id)),
      ]
    )
  }

  /// What was written, in words: the kind and the case, what it says first, its days, and how many fields
  /// that is. What stood there before is not shown again.
  private func recordedLine(_ draft: RecordDraft, in file: CaseFile) -> String {
    let (kindName, place) = (kind(draft.kind).capitalisedFirst, called(file.id))
    var written = draft
    if !draft.isNew {
      written.operations = draft.operations.filter { if case .assign = $0.action { true } else { false } }
    }
    let record = CaseRecord(written, over: nil, by: me, at: replica.now())
    guard !output.json, record.kind != .protectedContact, let stock = try? replica.stock() else {
      return output.say(.recorded, kindName, place)
    }
    let isDescribed = record.kind.isGoverned && record.kind != .participant
    let text = isDescribed ? "" : summary(record, stock).shown(upTo: 50)
    let days = (record.kind.definition?.fields ?? []).filter { $0.valueType == .day }.compactMap { field in
      record.day(field).map { "\(output.field(field.name)) \($0)" }
    }
    let told = ([text].filter { !$0.isEmpty } + days).joined(separator: ", ")
    guard !told.isEmpty else { return output.say(.recorded, kindName, place) }
    return output.say(
      .recordedSo, kindName, place, told, String(Set(draft.operations.map(\.field)).count))
  }

  /// Saves one act in a case and tells of its first record.
  func save(_ drafts: [RecordDraft], _ options: WriteOptions, in file: CaseFile) async throws {
    guard let first = drafts.first else { return }
    let (line, members) = recorded(first, in: file)
    try await save(drafts, options, line, members)
  }
}
