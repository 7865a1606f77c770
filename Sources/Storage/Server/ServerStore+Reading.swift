import CRDT
import GRDB
import WireProtocol

/// Reading records from their rows. What does not match its digest is never given out.
extension ServerStore {
  /// A record's stored snapshot and how many changes came after it.
  struct StoredSnapshot {
    let row: Int64
    let tail: Int
    let content: [UInt8]
    let position: UInt64
  }

  func storedSnapshot(_ id: Identifier, _ db: Database) throws -> StoredSnapshot? {
    let found = try db.first(
      """
      SELECT r.id, r.tail, s.content, s.digest, s.position FROM record r JOIN snapshot s ON s.record = r.id
      WHERE r.wire = ?
      """, [.blob(id)]
    ) { row in
      let stored = StoredSnapshot(
        row: try row.integer(0), tail: Int(try row.integer(1)), content: try row.blob(2),
        position: try row.unsigned(4))
      return (stored, try row.digest(3))
    }
    guard let (stored, digest) = found else { return nil }
    guard ChangeDigest.of(stored.content) == digest else { throw StorageError(.damaged, record: id) }
    return stored
  }

  /// A record as it stands: its snapshot with the changes since applied, in the log's order.
  func load(_ id: Identifier, _ db: Database) throws -> CachedRecord? {
    guard let stored = try storedSnapshot(id, db) else { return nil }
    var snapshot = try RecordSnapshot(encoded: stored.content)
    guard snapshot.record == id else { throw StorageError(.damaged, record: id) }
    guard stored.tail > 0 else { return CachedRecord(row: stored.row, tail: 0, snapshot: snapshot) }
    let tail = try checkedChanges(of: id, row: stored.row, after: stored.position, db) { header in
      snapshot.digest(of: header.id.actor, tenant: tenant.id)
    }
    guard tail.count == stored.tail else { throw StorageError(.damaged, record: id) }
    for change in tail { try snapshot.apply(change) }
    return CachedRecord(row: stored.row, tail: stored.tail, snapshot: snapshot)
  }

  /// The changes of a record after a position.
  ///
  /// - Parameter digest: what an actor's first change among them chains to.
  /// - Throws: `damaged`, with the change's name, at the first that does not follow its actor's last.
  func checkedChanges(
    of id: Identifier, row: Int64, after position: UInt64, _ db: Database,
    before digest: (ChangeHeader) throws -> Digest?
  ) throws -> [StoredChange] {
    let changes = try db.all(
      "SELECT \(StoredChange.columns) FROM change WHERE record = ? AND position > ? ORDER BY position",
      [.integer(row), .bits(position)]
    ) { row in
      do {
        return try StoredChange(row, epochs: epochs)
      } catch {
        throw StorageError(.damaged, record: id)
      }
    }
    var heads: [ActorID: (number: UInt64, digest: Digest)] = [:]
    for change in changes {
      let name = change.header.id
      let damage = StorageError(.damaged, record: id, change: name)
      if let head = heads[name.actor], head.number + 1 != name.number { throw damage }
      let previous = try heads[name.actor]?.digest ?? digest(change.header)
      guard let previous, change.header.record == id, change.follows(previous) else { throw damage }
      heads[name.actor] = (name.number, change.digest)
    }
    return changes
  }
}
