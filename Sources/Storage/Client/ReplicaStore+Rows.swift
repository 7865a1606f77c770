import CRDT
import CaseModel
import GRDB
import Replication
import WireProtocol

/// Reading and writing records' rows.
extension ReplicaStore {
  /// A record as the transaction has it so far, to be staged again. It is taken out, so that changing it
  /// copies nothing.
  func take(_ id: Identifier, _ staged: inout Staged, _ db: Database) throws -> Replica? {
    try staged.replicas.removeValue(forKey: id) ?? stored(id, db)
  }

  /// A record that may be new, to be staged.
  func takeOrNew(_ id: Identifier, _ staged: inout Staged, _ db: Database) throws -> Replica {
    if let replica = try take(id, &staged, db) { return replica }
    let last =
      try staged.lastRow ?? db.first("SELECT max(id) FROM record") { $0.optionalInteger(0) ?? 0 } ?? 0
    staged.lastRow = last + 1
    return Replica(
      row: last + 1, storedColumns: nil, snapshot: RecordSnapshot(record: id), pending: [])
  }

  /// A record as it is stored.
  func stored(_ id: Identifier, _ db: Database) throws -> Replica? {
    if let replica = cache.value(id) { return replica }
    guard let replica = try load(id, db) else { return nil }
    cache.insert(replica, for: id)
    return replica
  }

  /// Records as they are shown, in the order in which they came here. Many are read in one go and opened side
  /// by side, and none of them is kept in memory: they would only drive out what is used.
  ///
  /// - Parameters:
  ///   - condition: on `record r`.
  ///   - names: these only; all when `nil`.
  /// - Complexity: O(records that are not in memory)
  func shown(
    where condition: String, _ values: [BoundValue], _ names: Set<Identifier>?, _ db: Database
  ) throws -> [CaseRecord] {
    let meta = try meta(db)
    let found = try db.all("SELECT r.wire FROM record r WHERE \(condition) ORDER BY r.id", values) {
      try $0.identifier(0)
    }
    let ids = names.map { names in found.filter(names.contains) } ?? found
    guard ids.count >= Self.cachedRecordsMax else {
      return try stored(ids, db).compactMap { $0.caseRecord(meta) }
    }
    var rows = try sealedRecords(where: condition, values, of: meta.actor, db)
    if let names { rows.removeAll { !names.contains($0.id) } }
    let seal = sealed.seal
    let opened = try rows.mapSideBySide { try $0.shown(seal, meta) }
    return try zip(rows, opened).compactMap { row, shown in
      switch shown {
      case .whole(let record): record
      case .underOwnChanges: try load(row.id, db)?.caseRecord(meta)
      }
    }
  }

  /// Records as they are stored, in the order asked for; those that are not in memory are opened side by
  /// side.
  private func stored(_ ids: [Identifier], _ db: Database) throws -> [Replica] {
    var replicas = ids.map { cache.value($0) }
    let places = replicas.indices.filter { replicas[$0] == nil }
    let actor = try meta(db).actor
    let rows = try places.map { try sealedRecord(ids[$0], of: actor, db) }
    let seal = sealed.seal
    let opened = try rows.mapSideBySide { try $0?.replica(seal) }
    for (place, (row, replica)) in zip(places, zip(rows, opened)) {
      guard let row, let replica else { continue }
      let whole = try withPending(replica, row, of: actor, db)
      cache.insert(whole, for: ids[place])
      replicas[place] = whole
    }
    return replicas.compactMap { $0 }
  }

  private func load(_ id: Identifier, _ db: Database) throws -> Replica? {
    let actor = try meta(db).actor
    guard let row = try sealedRecord(id, of: actor, db) else { return nil }
    return try withPending(row.replica(sealed.seal), row, of: actor, db)
  }

  /// The record with own changes over it, where there are some.
  private func withPending(
    _ replica: Replica, _ row: SealedRecord, of actor: ActorID, _ db: Database
  ) throws -> Replica {
    guard row.hasOwnChanges(over: replica.snapshot, of: actor) else { return replica }
    let confirmed = replica.snapshot.heads[actor]?.id.number ?? 0
    return Replica(
      row: row.row, storedColumns: row.columns, snapshot: replica.snapshot,
      pending: try pending(ofRow: row.row, of: actor, after: confirmed, in: row.id, db), exit: row.exit)
  }

  private func sealedRecord(
    _ id: Identifier, of actor: ActorID, _ db: Database
  ) throws -> SealedRecord? {
    try sealedRecords(where: "r.wire = ?", [.blob(id)], of: actor, db).first
  }

  /// Records in the order in which they came here, in one pass: to look each up costs as much as to open it.
  private func sealedRecords(
    where condition: String, _ values: [BoundValue], of actor: ActorID, _ db: Database
  ) throws -> [SealedRecord] {
    let found = try db.all(
      """
      SELECT r.wire, r.id, r.generation, s.content, r.kind, r.home, r.conflicts, r.entered_in, e.generation,
        e.wiped_at, (SELECT max(number) FROM change WHERE record = r.id AND actor = ?)
      FROM record r LEFT JOIN snapshot s ON s.record = r.id LEFT JOIN exit e ON e.record = r.wire
      WHERE \(condition)
      """, [.bits(actor)] + values, Self.sealedRecord)
    return found.sorted { $0.row < $1.row }
  }

  private static func sealedRecord(_ row: ResultRow) throws -> SealedRecord {
    let columns = Replica.Columns(
      kind: row.optionalInteger(4).map { UInt32(truncatingIfNeeded: $0) },
      home: try row.optionalIdentifier(5), generation: try row.unsigned(2),
      enteredIn: try row.unsigned(7), conflicts: Int(try row.integer(6)))
    let exit = row.optionalInteger(8).map {
      Replica.Exit(generation: UInt64(bitPattern: $0), isWiped: row.optionalInteger(9) != nil)
    }
    return SealedRecord(
      id: try row.identifier(0), row: try row.integer(1), columns: columns,
      content: try row.bytes(3).map { try SealedValue(stored: $0) }, exit: exit,
      newestOwn: row.optionalInteger(10).map { UInt64(bitPattern: $0) } ?? 0)
  }

  /// Own changes that the confirmed state does not contain.
  private func pending(
    ofRow row: Int64, of actor: ActorID, after confirmed: UInt64, in record: Identifier, _ db: Database
  ) throws -> [Replica.Pending] {
    try db.all(
      """
      SELECT id, digest, record, actor, number, content FROM change
      WHERE record = ? AND actor = ? AND number > ? AND status = 0 ORDER BY number
      """,
      [.integer(row), .bits(actor), .bits(confirmed)]
    ) { row in
      let change = try content(of: row, from: 2, in: record).change()
      return Replica.Pending(
        row: try row.integer(0), header: change.header, change: try change.decoded(),
        digest: try row.digest(1))
    }
  }

  /// Opens the content of a change, from the columns record, actor, number and content.
  ///
  /// - Parameter record: the record that it must be of, where that is known.
  func content(of row: ResultRow, from index: Int, in record: Identifier?) throws -> ChangeContent {
    let actor = try row.actor(index + 1)
    let number = try row.unsigned(index + 2)
    let place = SealedPlace.change(recordRow: try row.integer(index), actor, number: number)
    return try StorageError.naming(record) {
      let content = try ChangeContent(encoded: try sealed.opened(try row.sealed(index + 3), at: place))
      if let record, try ChangeHeader(canonicalBytes: content.header).record != record {
        throw StorageError(.damaged)
      }
      return content
    }
  }

  /// Seals the content of a change for its row.
  func sealedContent(
    _ header: ChangeHeader, _ payload: [UInt8]?, _ origin: [UInt8]?, row: Int64
  ) throws -> SealedValue {
    let content = ChangeContent(header: header.canonicalBytes, payload: payload, origin: origin)
    return try sealed.sealed(
      content.encoded, at: .change(recordRow: row, header.id.actor, number: header.id.number))
  }

  func write(_ replica: Replica, _ db: Database) throws {
    let columns = replica.columns
    let values: [BoundValue] = [
      .integer(columns.kind.map { Int64($0) }), .blob(columns.home), .bits(columns.generation),
      .bits(columns.enteredIn), .integer(columns.conflicts), .integer(replica.row),
    ]
    if replica.storedColumns == nil {
      try db.run(
        """
        INSERT INTO record (kind, home, generation, entered_in, conflicts, id, wire)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """, values + [.blob(replica.snapshot.record)])
    } else if replica.storedColumns != columns {
      try db.run(
        "UPDATE record SET kind = ?, home = ?, generation = ?, entered_in = ?, conflicts = ? WHERE id = ?",
        values)
    }
    guard replica.isSnapshotStale else { return }
    if replica.storedColumns != nil {
      try sealed.removing(
        SealedRows.head(of: "content", in: "snapshot") + " WHERE record = ?", [.integer(replica.row)], db)
    }
    let content = try sealed.sealed(
      replica.snapshot.encoded, at: .snapshot(of: replica.snapshot.record))
    try db.run(
      "INSERT OR REPLACE INTO snapshot (record, content) VALUES (?, ?)",
      [.integer(replica.row), .sealed(content)])
    try sealed.wrote(content)
  }
}
