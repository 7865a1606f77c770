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

  /// What people are told of them, a line each.
  func lines(_ records: [WrittenRecord]) -> [String] {
    records.map { record in
      let kind = record.kind.map(kind) ?? "–"
      return "\(record.caseID.flatMap(reference) ?? "–")  \(kind)  \(short(record.id))"
    }
  }
}
