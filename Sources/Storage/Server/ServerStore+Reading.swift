import CRDT
import GRDB
import WireProtocol

/// Reading records from their rows. What does not open, or does not fit, is never given out.
extension ServerStore {
  /// A record's stored snapshot and how many changes came after it.
  struct StoredSnapshot {
    let row: Int64
    let key: RecordKeyID
    let tail: Int
    let content: [UInt8]
    let position: UInt64
  }

  /// - Throws: `StorageError`, naming the record: `erased` when its key was destroyed, `damaged`.
  func storedSnapshot(_ id: Identifier, _ db: Database) throws -> StoredSnapshot? {
    try StorageError.naming(id) {
      try db.first(
        """
        SELECT r.id, r.key_id, r.tail, s.content, s.position FROM record r JOIN snapshot s ON s.record = r.id
        WHERE r.wire = ?
        """, [.blob(id)]
      ) { row in
        let key = try row.key(1)
        return StoredSnapshot(
          row: try row.integer(0), key: key, tail: Int(try row.integer(2)),
          content: try keys.seal(of: id, key).open(try row.sealed(3), at: .snapshot),
          position: try row.unsigned(4))
      }
    }
  }

  /// A record as it stands: its snapshot with the changes since applied, in the log's order.
  func load(_ id: Identifier, _ db: Database) throws -> CachedRecord? {
    guard let stored = try storedSnapshot(id, db) else { return nil }
    var snapshot = try RecordSnapshot(encoded: stored.content)
    guard snapshot.record == id else { throw StorageError(.damaged, record: id) }
    guard stored.tail > 0 else {
      return CachedRecord(row: stored.row, key: stored.key, tail: 0, snapshot: snapshot)
    }
    let tail = try checkedChanges(of: id, row: stored.row, after: stored.position, db) { header in
      snapshot.digest(of: header.id.actor, tenant: home(of: header.id.actor))
    }
    guard tail.count == stored.tail else { throw StorageError(.damaged, record: id) }
    for change in tail { try snapshot.apply(change) }
    return CachedRecord(row: stored.row, key: stored.key, tail: stored.tail, snapshot: snapshot)
  }

  /// The changes of a record after a position, in the log's order.
  ///
  /// - Parameter digest: what an actor's first change among them chains to.
  /// - Throws: `damaged`, with the change's name, at the first that does not follow its actor's last.
  func checkedChanges(
    of id: Identifier, row: Int64, after position: UInt64, _ db: Database,
    before digest: (ChangeHeader) throws -> Digest?
  ) throws -> [StoredChange] {
    let segments = try db.all(
      "SELECT \(Segment.columns) FROM segment WHERE record = ? AND last > ? ORDER BY last",
      [.integer(row), .bits(position)]
    ) { row in
      do {
        return try Segment(row, epochs: epochs, keys: keys)
      } catch let error as StorageError where error.isOfKeys {
        throw StorageError(error.code, record: id)
      } catch {
        throw StorageError(.damaged, record: id)
      }
    }
    // Of what stands in a segment before the position only the digest counts, for the first one after it.
    var heads: [ActorID: (number: UInt64, digest: Digest)] = [:]
    var found: [StoredChange] = []
    for change in segments.flatMap(\.changes).sorted(by: { $0.position < $1.position }) {
      let name = change.header.id
      let damage = StorageError(.damaged, record: id, change: name)
      if let head = heads[name.actor], head.number + 1 != name.number { throw damage }
      if change.position > position {
        let previous = try heads[name.actor]?.digest ?? digest(change.header)
        guard let previous, change.header.record == id, change.follows(previous) else { throw damage }
        found.append(change)
      }
      heads[name.actor] = (name.number, change.digest)
    }
    return found
  }

  /// The segment that holds a change.
  ///
  /// - Complexity: O(segments of the record), in the index alone.
  func segment(of change: ChangeID, row: Int64, _ db: Database) throws -> Segment? {
    guard let place = try place(of: change, row: row, db) else { return nil }
    return try db.first("SELECT \(Segment.columns) FROM segment WHERE id = ?", [.integer(place)]) {
      try Segment($0, epochs: epochs, keys: keys)
    }
  }

  /// What the log says of a change, whether its record can be read or not.
  ///
  /// - Complexity: O(segments of the record), in the index alone.
  func stamp(of change: ChangeID, row: Int64, _ db: Database) throws -> StampCoding.Stamp? {
    guard let place = try place(of: change, row: row, db) else { return nil }
    return try db.first("SELECT \(SegmentStamps.columns) FROM segment WHERE id = ?", [.integer(place)]) {
      try SegmentStamps($0, epochs: epochs).stamp(of: change.number)
    } ?? nil
  }

  /// The row of the first segment of the change's actor in the record that reaches to it.
  private func place(of change: ChangeID, row: Int64, _ db: Database) throws -> Int64? {
    guard let actor = actors[change.actor] else { return nil }
    return try db.first(
      """
      SELECT id FROM segment INDEXED BY segment_record WHERE record = ? AND actor = ? AND number >= ?
      ORDER BY number LIMIT 1
      """, [.integer(row), .integer(actor), .bits(change.number)]
    ) { try $0.integer(0) }
  }
}
