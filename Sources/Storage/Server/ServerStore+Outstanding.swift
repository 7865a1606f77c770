public import CRDT
public import CaseModel
import GRDB
public import Replication
import WireProtocol

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
        let moved = all ? "(r.head_position > ? OR h.position IS NULL)" : "r.head_position > ?"
        // A state that was delivered after the record last moved leaves nothing to send.
        let condition = "\(moved) AND (h.position IS NULL OR h.position < r.head_position)"
        var records = try found(for: actor, in: scopes, where: condition, [.bits(position)], db)
        if !all { records += try unplaced(for: actor, in: scopes, upTo: position, db) }
        // Of what was erased there is nothing to send.
        return records.filter { !isErased($0.reference.id) }.map { found in
          OutstandingRecord(
            reference: found.reference, heldUpTo: found.held.map { max(position, $0) },
            nextGeneration: found.nextGeneration)
        }
      }
    }
  }

  /// Every record in the scopes but for those that were erased, by an index on the scope.
  public func records(in scopes: [Scope]) throws -> [LoggedRecord] {
    try StorageError.translating {
      try database.inDatabase { db in
        var found: [Identifier: LoggedRecord] = [:]
        for scope in Set(scopes) {
          let place = Self.place(of: scope)
          try db.forEach(
            """
            SELECT r.wire, r.kind, r.home, r.creator, r.about, r.information_type, r.received_at,
              r.created_position
            FROM record r WHERE \(place.condition)
            """, place.values
          ) { row in
            let reference = try reference(row, from: 0)
            found[reference.id] = LoggedRecord(reference: reference, createdAt: try row.unsigned(7))
          }
        }
        return found.values.filter { !isErased($0.reference.id) }
      }
    }
  }

  /// Records that the device had, or was told to wipe, and is to be sent anew although they did not move.
  ///
  /// - Complexity: O(what it holds without a position)
  private func unplaced(
    for actor: ActorID, in scopes: [Scope], upTo position: UInt64, _ db: Database
  ) throws -> [Found] {
    guard let row = actors[actor] else { return [] }
    return try db.all(
      """
      SELECT r.id, r.head_position, h.generation, h.position, r.wire, r.kind, r.home, r.creator, r.about,
        r.information_type, r.received_at
      FROM holding h JOIN record r ON r.id = h.record
      WHERE h.actor = ? AND h.position IS NULL AND r.kind IS NOT NULL AND r.head_position <= ?
      ORDER BY r.head_position DESC
      """, [.integer(row), .bits(position)], found
    ).filter { !Set(CaseModel.scopes(containing: $0.reference)).isDisjoint(with: scopes) }
  }

  private struct Found {
    let row: Int64
    let head: UInt64
    let reference: RecordReference
    /// The position at which the record entered the device, if it did.
    let held: UInt64?
    let nextGeneration: UInt64
  }

  /// The records of some scopes with what is noted of a device, each once, newest first.
  private func found(
    for actor: ActorID, in scopes: [Scope], where condition: String, _ values: [BoundValue], _ db: Database
  ) throws -> [Found] {
    var found: [Int64: Found] = [:]
    for scope in Set(scopes) {
      for record in try self.found(for: actor, in: scope, where: condition, values, db) {
        found[record.row] = record
      }
    }
    return found.values.sorted { $0.head > $1.head }
  }

  private func found(
    for actor: ActorID, in scope: Scope, where condition: String, _ values: [BoundValue], _ db: Database
  ) throws -> [Found] {
    let place = Self.place(of: scope)
    return try db.all(
      """
      SELECT r.id, r.head_position, h.generation, h.position, r.wire, r.kind, r.home, r.creator, r.about,
        r.information_type, r.received_at
      FROM record r LEFT JOIN holding h ON h.actor = ? AND h.record = r.id
      WHERE \(place.condition) AND \(condition)
      """, [actors[actor].map { .integer($0) } ?? .integer(Int64(0))] + place.values + values, found)
  }

  /// Which rows of `record r` lie in a scope.
  private static func place(of scope: Scope) -> (condition: String, values: [BoundValue]) {
    switch scope {
    case .register: ("r.placement = 1", [])
    case .milestones: ("r.placement = 2", [])
    case .caseFile(let id): ("r.home = ? AND r.placement IN (2, 3)", [.blob(id)])
    case .alias(let id): ("r.home = ? AND r.placement = 4", [.blob(id)])
    }
  }

  private func found(_ row: ResultRow) throws -> Found {
    Found(
      row: try row.integer(0), head: try row.unsigned(1), reference: try reference(row, from: 4),
      held: row.optionalInteger(3).map { UInt64(bitPattern: $0) },
      nextGeneration: (row.optionalInteger(2).map { UInt64(bitPattern: $0) } ?? 0) &+ 1)
  }

  /// What policy needs to know of a record, as `RecordSnapshot.reference` has it.
  func reference(_ row: ResultRow, from column: Int) throws -> RecordReference {
    RecordReference(
      id: try row.identifier(column),
      kind: RecordKind(rawValue: UInt32(truncatingIfNeeded: try row.integer(column + 1))),
      caseID: try row.optionalIdentifier(column + 2),
      creator: try row.optionalIdentifier(column + 3).flatMap { persons[$0] },
      about: try AboutCoding.decode(try row.blob(column + 4)),
      informationType: InformationType(rawValue: UInt32(truncatingIfNeeded: try row.integer(column + 5))),
      receivedAt: row.optionalInteger(column + 6))
  }
}
