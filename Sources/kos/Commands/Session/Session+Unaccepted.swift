import CRDT
import CaseModel
import SyncClient

/// What is told alike of work that is held and of work that waits for a decision.
extension Session {
  typealias WrittenRecord = (id: Identifier, kind: RecordKind?, caseID: Identifier?)

  /// What programs are told of the records that it writes to; of those that are here it is noted.
  func opened(_ records: [WrittenRecord]) throws -> JSON {
    let named = Set(records.map(\.id))
    try open(try replica.records().filter { named.contains($0.id) })
    return .array(
      records.map { record in
        .object([
          ("record", JSON(record.id)), ("kind", JSON(record.kind?.definition?.name)),
          ("case", record.caseID.map { JSON($0) } ?? .null),
        ])
      })
  }

  /// What people are told of them, a line each: in which case, what it is, and its id.
  func lines(_ records: [WrittenRecord]) throws -> [String] {
    let stock = try replica.stock()
    return records.map { record in
      let kind = record.kind.map(kind) ?? "–"
      return "\(called(record.caseID.map { home($0, stock) }))  \(kind)  \(short(record.id))"
    }
  }

  /// A case, or the one behind an alias where that is known: an update that waits is in no case's file yet.
  private func home(_ place: Identifier, _ stock: CaseStock) -> Identifier {
    guard stock.files[place] == nil else { return place }
    let behind = stock.files.values.first { file in
      file.all(.participant).contains { $0.identifier(Field.Participant.alias) == place }
    }
    return behind?.id ?? place
  }
}
