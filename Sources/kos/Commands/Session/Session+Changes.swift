import CRDT
import CaseModel
import SyncClient

extension Session {
  /// How long a command waits for histories.
  private static let historyPatience = Duration.seconds(60)

  /// Tells of every change of records in the order in which the server received them.
  func tellChanges(of records: [CaseRecord], _ stock: CaseStock) async throws {
    let changes = try await replica.changes(
      of: try open(records).map(\.id), passphrase: passphrase, timeout: Self.historyPatience)
    let byID = Dictionary(records.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for change in changes.sorted(by: { ($0.receivedAt, $0.writtenAt) < ($1.receivedAt, $1.writtenAt) }) {
      guard let record = byID[change.record] else { continue }
      tell(change, of: record, stock)
    }
  }

  private func tell(_ change: RecordedChange, of record: CaseRecord, _ stock: CaseStock) {
    let fields = (record.kind.definition?.fields ?? []).filter { isTold($0, of: record, stock) }
    let edits = change.edits.compactMap { edit in
      fields.first { $0.id == edit.field }.map { (field: $0, edit: edit) }
    }
    output.object([
      ("record", JSON(record.id)), ("kind", .string(record.kind.definition?.name ?? "")),
      ("author", .string(change.author)), ("device", JSON(change.device)),
      ("written_at", .integer(change.writtenAt)), ("received_at", .integer(change.receivedAt)),
      ("status", .string(change.isAccepted ? "accepted" : "void")), ("created", .boolean(change.isCreation)),
      (
        "edits",
        .array(
          edits.map { field, edit in
            .object([
              ("field", .string(field.name)),
              ("before", .array(edit.before.map { json($0, of: field) })),
              ("after", .array(edit.after.map { json($0, of: field) })),
            ])
          })
      ),
    ])
    let device = change.device.map { " (\($0.shown))" } ?? ""
    let status = change.isAccepted ? "" : " " + output.label("void")
    output.line(
      "\(Clock.text(change.receivedAt))  \(author(change.author, stock))\(device)  \(kind(record.kind)) "
        + "\(short(record.id))\(status)")
    for (field, edit) in edits {
      func shown(_ values: [Value]) -> String {
        values.isEmpty
          ? "–" : values.map { text($0, of: field, stock).shown(upTo: 60) }.joined(separator: " | ")
      }
      output.line("    \(output.field(field.name)): \(shown(edit.before)) → \(shown(edit.after))")
    }
  }
}
