public import CRDT
public import CaseModel
import GRDB
public import Replication

extension ServerStore {
  /// The records in the scopes that a device is to be sent, newest first.
  ///
  /// - Complexity: O(records that moved after the position in the scopes), with `all` O(records in the
  ///   scopes); both by an index on the scope.
  public func outstanding(
    for actor: ActorID, in scopes: [Scope], after position: UInt64, all: Bool
  ) throws -> [OutstandingRecord] {
    try StorageError.translating {
      try database.inDatabase { db in
        var found: [Int64: Found] = [:]
        for scope in Set(scopes) {
          for record in try outstanding(actor, scope, position, all, db) { found[record.row] = record }
        }
        return found.values.sorted { $0.head > $1.head }.map(\.record)
      }
    }
  }

  private struct Found {
    let row: Int64
    let head: UInt64
    let record: OutstandingRecord
  }

  private func outstanding(
    _ actor: ActorID, _ scope: Scope, _ position: UInt64, _ all: Bool, _ db: Database
  ) throws -> [Found] {
    let place: (condition: String, values: [DatabaseValue]) =
      switch scope {
      case .register: ("r.placement = 1", [])
      case .milestones: ("r.placement = 2", [])
      case .caseFile(let id): ("r.home = ? AND r.placement IN (2, 3)", [.blob(id)])
      case .alias(let id): ("r.home = ? AND r.placement = 4", [.blob(id)])
      }
    let moved = all ? "(r.head_position > ? OR h.record IS NULL)" : "r.head_position > ?"
    // A state that was delivered after the record last moved leaves nothing to send.
    return try db.all(
      """
      SELECT r.id, r.head_position, r.wire, r.kind, r.home, r.creator, h.generation, h.position
      FROM record r LEFT JOIN holding h ON h.actor = ? AND h.record = r.id
      WHERE \(place.condition) AND \(moved) AND (h.position IS NULL OR h.position < r.head_position)
      """, [actors[actor].map { .integer($0) } ?? .integer(Int64(0))] + place.values + [.bits(position)]
    ) { row in
      let generation = row.optionalInteger(6).map { UInt64(bitPattern: $0) }
      let held = row.optionalInteger(7).map { max(position, UInt64(bitPattern: $0)) }
      return Found(
        row: try row.integer(0), head: try row.unsigned(1),
        record: OutstandingRecord(
          reference: RecordReference(
            id: try row.identifier(2),
            kind: RecordKind(rawValue: UInt32(truncatingIfNeeded: try row.integer(3))),
            caseID: try row.optionalIdentifier(4),
            creator: try row.optionalIdentifier(5).flatMap { persons[$0] }),
          heldUpTo: held, nextGeneration: (generation ?? 0) + 1))
    }
  }
}
