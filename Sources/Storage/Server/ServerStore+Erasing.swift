public import CRDT
import GRDB
import Replication
import WireProtocol

extension ServerStore {
  /// Erases what a change says: its payload in the log, of which the digest stays, so that the chain can be
  /// verified; and what of it stands in the record's state. What it superseded does not come back. Everything
  /// that a record says goes with its key (`destroyKeys`), in backups too.
  ///
  /// Devices that hold the record are sent its state the next time that they are sent anything of it. The
  /// bytes are gone from the database when this returns, and from the write-ahead log unless somebody reads
  /// beside it, then with the next checkpoint; copies elsewhere are another matter.
  ///
  /// - Returns: whether there was a payload.
  /// - Throws: `StorageError`, and then nothing is erased; `unknownRecord` when the change is not here.
  @discardableResult
  public func erase(_ change: ChangeID, in record: Identifier) throws -> Bool {
    guard !mustReopen else { throw StorageError(.mustReopen) }
    do {
      return try StorageError.translating {
        try database.inDatabase { db in
          let wasThere = try db.transaction(.immediate) { try erase(change, in: record, db) }
          cache.remove(record)
          // Also when it was erased before: the log may still have been in use then.
          try log.truncate(db)
          return wasThere
        }
      }
    } catch {
      mustReopen = (error as? StorageError)?.code == .inputOutput
      throw error
    }
  }

  private func erase(_ change: ChangeID, in id: Identifier, _ db: Database) throws -> Bool {
    guard let record = try load(id, db), var segment = try segment(of: change, row: record.row, db),
      segment.changes.contains(where: { $0.header.id == change })
    else { throw StorageError(.unknownRecord, record: id, change: change) }
    guard segment.erase(change) else { return false }
    let seal = try keys.seal(of: id, record.key)
    try segment.write(db, epochs: &epochs, sealing: seal)
    // The state cannot be made of the changes any more, so it is stored as it stands.
    var snapshot = record.snapshot
    snapshot.erase(change)
    try db.run(
      """
      INSERT OR REPLACE INTO snapshot (record, content, position)
      SELECT id, ?, head_position FROM record WHERE id = ?
      """, [.sealed(try seal.seal(snapshot.encoded, at: .snapshot)), .integer(record.row)])
    try db.run("UPDATE record SET tail = 0 WHERE id = ?", [.integer(record.row)])
    try db.run("UPDATE holding SET position = NULL WHERE record = ?", [.integer(record.row)])
    return true
  }
}
