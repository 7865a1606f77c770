import CRDT
import GRDB
import Replication
import WireProtocol

/// Writing what a group made of records.
extension ServerStore {
  /// What a group did to one record.
  private struct Movement {
    var changes = 0
    var first: UInt64
    var head: UInt64
  }

  /// Writes the rows of the records that the group moved, and the snapshots that are due.
  func writeRecords(_ group: CommitGroup, _ db: Database) throws -> [Identifier: CachedRecord] {
    var movements: [Identifier: Movement] = [:]
    for change in group.changes {
      let id = change.change.header.record
      movements[id, default: Movement(first: change.position, head: change.position)].changes += 1
      movements[id]?.head = change.position
    }
    var written: [Identifier: CachedRecord] = [:]
    written.reserveCapacity(movements.count)
    // In order of the log, so that rows follow it and neighbours in time are neighbours on disk.
    for (id, movement) in movements.sorted(by: { $0.value.first < $1.value.first }) {
      guard let snapshot = group.records[id] else { throw StorageError(.inconsistent, record: id) }
      written[id] = try write(snapshot, movement, db)
    }
    return written
  }

  private func write(_ snapshot: RecordSnapshot, _ movement: Movement, _ db: Database) throws -> CachedRecord
  {
    // Numbers have no gaps, so the heads tell whether the group holds all changes that there are of the
    // record.
    let isNew = snapshot.heads.values.reduce(0) { $0 &+ $1.id.number } == UInt64(movement.changes)
    let known = isNew ? nil : try recordRow(snapshot.record, db)
    if known == nil, !isNew { throw StorageError(.inconsistent, record: snapshot.record) }
    let row = known?.row ?? lastRecordRow + 1
    let id = snapshot.record
    let seal = try known.map { try keys.seal(of: id, $0.key) } ?? keys.newSeal(of: id)
    var tail = (known?.tail ?? 0) + movement.changes
    if known == nil || SnapshotPolicy.isDue(tail: tail, snapshot) {
      try db.run(
        "INSERT OR REPLACE INTO snapshot (record, content, position) VALUES (?, ?, ?)",
        [.integer(row), .sealed(try seal.seal(snapshot.encoded, at: .snapshot)), .bits(movement.head)])
      tail = 0
    }
    if let known {
      try db.run(
        "UPDATE record SET head_position = ?, tail = ? WHERE id = ?",
        [.bits(movement.head), .integer(tail), .integer(row)])
      if !known.hasFacts, let facts = snapshot.facts { try establish(facts, snapshot, row, movement, db) }
    } else {
      lastRecordRow = row
      try insert(snapshot, row: row, seal.key.id, tail: tail, movement, db)
    }
    return CachedRecord(row: row, key: seal.key.id, tail: tail, snapshot: snapshot)
  }

  private func insert(
    _ snapshot: RecordSnapshot, row: Int64, _ key: RecordKeyID, tail: Int, _ movement: Movement,
    _ db: Database
  ) throws {
    let facts = snapshot.facts
    try db.run(
      """
      INSERT INTO record (id, wire, key_id, kind, placement, home, creator, about, information_type,
        received_at, created, created_position, head_position, tail)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .integer(row), .blob(snapshot.record), .key(key), .integer(facts.map { Int64($0.kind) }),
        .integer(ServerSchema.Placement(of: snapshot).rawValue), .blob(facts?.caseID),
        .blob(snapshot.creator), .blob(AboutCoding.encode(facts?.about ?? [])),
        .integer(facts?.informationType ?? 0), .integer(snapshot.storedReceivedAt),
        .integer(facts?.created), facts == nil ? .null : .bits(movement.first), .bits(movement.head),
        .integer(tail),
      ])
  }

  /// Writes the facts of a record of which only void changes were known.
  private func establish(
    _ facts: RecordFacts, _ snapshot: RecordSnapshot, _ row: Int64, _ movement: Movement, _ db: Database
  ) throws {
    try db.run(
      """
      UPDATE record SET kind = ?, placement = ?, home = ?, creator = ?, about = ?, information_type = ?,
        received_at = ?, created = ?, created_position = ?
      WHERE id = ?
      """,
      [
        .integer(facts.kind), .integer(ServerSchema.Placement(of: snapshot).rawValue), .blob(facts.caseID),
        .blob(snapshot.creator), .blob(AboutCoding.encode(facts.about)), .integer(facts.informationType),
        .integer(snapshot.storedReceivedAt), .integer(facts.created), .bits(movement.first), .integer(row),
      ])
  }

  /// A record's row without what it says.
  typealias RecordRow = (row: Int64, key: RecordKeyID, tail: Int, hasFacts: Bool)

  /// The row of a record, from memory if it was used lately.
  func recordRow(_ id: Identifier, _ db: Database) throws -> RecordRow? {
    if let cached = cache.value(id) {
      return (cached.row, cached.key, cached.tail, cached.snapshot.facts != nil)
    }
    return try db.first("SELECT id, key_id, tail, kind FROM record WHERE wire = ?", [.blob(id)]) { row in
      (try row.integer(0), try row.key(1), Int(try row.integer(2)), row.optionalInteger(3) != nil)
    }
  }
}

extension RecordSnapshot {
  /// When the server received the change that created the record; `nil` as long as none did.
  var storedReceivedAt: Int64? { facts == nil ? nil : receivedAt }
}
