public import CRDT
public import CaseModel
import GRDB
public import Replication
import WireProtocol

/// What devices hold, what of it they are to wipe, and what they said that they did.
extension ServerStore {
  public func reference(_ id: Identifier) throws -> RecordReference? {
    try StorageError.translating { try database.inDatabase { try reference(to: id, $0) } }
  }

  func reference(to id: Identifier, _ db: Database) throws -> RecordReference? {
    try db.first(
      """
      SELECT wire, kind, home, creator, about, information_type, received_at
      FROM record WHERE wire = ? AND kind IS NOT NULL
      """, [.blob(id)]
    ) { try reference($0, from: 0) }
  }

  public func held(by actor: ActorID, in cases: Set<Identifier>?) throws -> [HeldReference] {
    guard let row = actors[actor] else { return [] }
    return try StorageError.translating {
      try database.inDatabase { db in
        guard let cases else { return try held(by: row, where: "1", [], db) }
        return try cases.sorted().flatMap { try held(by: row, where: "r.home = ?", [.blob($0)], db) }
      }
    }
  }

  private func held(
    by actor: Int64, where condition: String, _ values: [BoundValue], _ db: Database
  ) throws -> [HeldReference] {
    try db.all(
      """
      SELECT h.generation, r.wire, r.kind, r.home, r.creator, r.about, r.information_type, r.received_at
      FROM record r JOIN holding h ON h.actor = ? AND h.record = r.id
      WHERE \(condition) AND r.kind IS NOT NULL AND h.exit_at IS NULL AND h.generation > h.wiped
      """, [.integer(actor)] + values
    ) { HeldReference(reference: try reference($0, from: 1), generation: try $0.unsigned(0)) }
  }

  public func exits(of actor: ActorID) throws -> [HeldRecord] {
    guard let row = actors[actor] else { return [] }
    return try StorageError.translating {
      try database.inDatabase { db in
        try db.all(
          """
          SELECT r.wire, h.generation FROM holding h JOIN record r ON r.id = h.record
          WHERE h.actor = ?1 AND h.exit_at IS NOT NULL
          UNION ALL SELECT record, generation FROM erased_exit WHERE actor = ?1
          """, [.integer(row)]
        ) { HeldRecord(record: try $0.identifier(0), generation: try $0.unsigned(1)) }
      }
    }
  }

  public func reviewedUpTo(_ actor: ActorID) throws -> Int64? {
    guard let row = actors[actor] else { return nil }
    return try StorageError.translating {
      try database.inDatabase { db in
        try db.first("SELECT reviewed_at FROM review WHERE actor = ?", [.integer(row)]) { try $0.integer(0) }
      }
    }
  }

  func writeScopes(_ group: CommitGroup, _ db: Database) throws {
    for one in group.listed { try list(one.held, of: one.actor, db) }
    let now = group.decidedAt
    for one in group.exits { try exit(one.held, of: one.actor, at: now, db) }
    for receipt in group.receipts {
      for held in receipt.records { try wiped(held, of: receipt.actor, db) }
    }
    for (actor, time) in group.reviews {
      try db.run(
        "INSERT OR REPLACE INTO review (actor, reviewed_at) VALUES (?, ?)",
        [.integer(try actors.row(actor, in: db)), .integer(time)])
    }
  }

  /// A device has, or may have, a record, and where it stands is not known.
  func list(_ held: HeldRecord, of actor: ActorID, _ db: Database) throws {
    guard let record = try recordRow(held.record, db)?.row else { return try exitErased(held, of: actor, db) }
    try db.run(
      """
      INSERT INTO holding (actor, record, generation, position) VALUES (?1, ?2, ?3, NULL)
      ON CONFLICT (actor, record) DO UPDATE SET
        generation = max(generation, excluded.generation),
        wiped = CASE WHEN wiped >= excluded.generation THEN max(excluded.generation - 1, 0) ELSE wiped END
      """,
      [.integer(try actors.row(actor, in: db)), .integer(record), .bits(max(held.generation, 1))])
  }

  /// A device is to wipe what it has of a record.
  func exit(_ held: HeldRecord, of actor: ActorID, at now: Int64, _ db: Database) throws {
    guard let record = try recordRow(held.record, db)?.row else { return try exitErased(held, of: actor, db) }
    try db.run(
      """
      INSERT INTO holding (actor, record, generation, position, exit_at) VALUES (?1, ?2, ?3, NULL, ?4)
      ON CONFLICT (actor, record) DO UPDATE SET
        generation = max(generation, excluded.generation), position = NULL, exit_at = excluded.exit_at
      """,
      [
        .integer(try actors.row(actor, in: db)), .integer(record), .bits(max(held.generation, 1)),
        .integer(now),
      ])
  }

  /// A device is to wipe a record of which a log that was set back knows only that it was erased.
  private func exitErased(_ held: HeldRecord, of actor: ActorID, _ db: Database) throws {
    let isErased = try db.first("SELECT 1 FROM destroyed_key WHERE record = ?", [.blob(held.record)]) {
      try $0.integer(0)
    }
    guard isErased != nil else { return }
    try db.run(
      """
      INSERT INTO erased_exit (actor, record, generation) VALUES (?, ?, ?)
      ON CONFLICT (actor, record) DO UPDATE SET generation = max(generation, excluded.generation)
      """,
      [.integer(try actors.row(actor, in: db)), .blob(held.record), .bits(max(held.generation, 1))])
  }

  /// A device wiped what it had of a record.
  func wiped(_ held: HeldRecord, of actor: ActorID, _ db: Database) throws {
    try db.run(
      "DELETE FROM erased_exit WHERE actor = ? AND record = ? AND generation <= ?",
      [.integer(try actors.row(actor, in: db)), .blob(held.record), .bits(held.generation)])
    guard let record = try recordRow(held.record, db)?.row else { return }
    try db.run(
      """
      UPDATE holding SET wiped = max(wiped, ?3),
        position = CASE WHEN generation <= ?3 THEN NULL ELSE position END,
        exit_at = CASE WHEN generation <= ?3 THEN NULL ELSE exit_at END
      WHERE actor = ?1 AND record = ?2
      """,
      [.integer(try actors.row(actor, in: db)), .integer(record), .bits(held.generation)])
  }
}
