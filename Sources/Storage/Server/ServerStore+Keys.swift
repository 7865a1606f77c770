public import CRDT
import GRDB
import Replication
import WireProtocol

/// The keys of records, as the tenant's database knows them.
extension ServerStore {
  /// Destroys the keys of records: what the log, snapshots and attachments hold of them can be read by nobody
  /// any more, here or in any copy that is made without the key database. The ledger says so first; a
  /// restored database or key database loses them again when it is opened.
  ///
  /// Positions, digests, stamps and what policy knows of the records stay, so that the log and the journals
  /// can be checked. Copies of the key database itself are another matter (`KeyBackup.lastCopyGone`), and so
  /// is what devices hold.
  ///
  /// - Parameter now: milliseconds since 1970.
  /// - Throws: `StorageError`: `unknownRecord`. After another error it may be that the ledger has it: the
  ///   keys are destroyed then when the store is opened again, or this is called again.
  /// - Complexity: O(keys), however many records there are.
  public func destroyKeys(of records: [Identifier], at now: Int64) throws {
    guard !mustReopen else { throw StorageError(.mustReopen) }
    for record in records {
      let row = try StorageError.translating { try database.inDatabase { try recordRow(record, $0) } }
      guard row != nil else { throw StorageError(.unknownRecord, record: record) }
    }
    var group = CommitGroup(after: position, logDigest: logDigest)
    group.decidedAt = now
    group.ledger = [.keysDestroyed(records)]
    try commit(group)
  }

  // MARK: Writing

  func writeDestroyed(_ records: [Identifier], at now: Int64, _ db: Database) throws {
    for record in records {
      try db.run(
        "INSERT OR IGNORE INTO destroyed_key (record, destroyed_at) VALUES (?, ?)",
        [.blob(record), .integer(now)])
      try db.run(
        "DELETE FROM attachment_chunk WHERE attachment IN (SELECT id FROM attachment WHERE record = ?)",
        [.blob(record)])
      try db.run("DELETE FROM attachment WHERE record = ?", [.blob(record)])
      try db.run(
        "UPDATE holding SET position = NULL WHERE record = (SELECT id FROM record WHERE wire = ?)",
        [.blob(record)])
      // Of a person of the register: her account and its codes have her name beside the record.
      for table in ["account", "code"] {
        try db.run("UPDATE \(table) SET person_name = '' WHERE person = ?", [.blob(record)])
      }
      try refuseWaiting(in: record, at: now, db)
    }
  }

  func writeErased(_ changes: [ErasedChange], _ db: Database) throws {
    for one in changes {
      try db.run(
        "INSERT OR IGNORE INTO erased_change (record, actor, number, digest) VALUES (?, ?, ?, ?)",
        [.blob(one.record), .bits(one.change.actor), .bits(one.change.number), .blob(one.digest)])
    }
  }

  /// The group is durable, and with it which keys are whose and which are destroyed.
  func noteKeys(_ group: CommitGroup) throws {
    let destroyed = group.keysDestroyed
    for record in destroyed { cache.remove(record) }
    // First whose keys the new ones are: a record may have been created with the group that erases it.
    try keys.commit()
    if !destroyed.isEmpty { try keys.destroy(destroyed, at: group.decidedAt) }
  }

  // MARK: Opening

  /// Brings the key database and this one to the same: what either was not told yet, it is told now.
  ///
  /// - Parameter ledgered: keys that a ledger names, and whose they are: this database may have forgotten
  ///   these records.
  /// - Throws: `StorageError` `keyMissing` when the key database lacks the newest record's key: it is an
  ///   older copy.
  func settleKeys(_ ledgered: [(key: RecordKeyID, record: Identifier)]) throws {
    try StorageError.translating {
      try database.inDatabase { db in
        let destroyed = try Self.destroyedKeys(db)
        try keepDestroyed(known: destroyed, db)
        let newest = try db.first("SELECT key_id, wire FROM record ORDER BY id DESC LIMIT 1") {
          (key: try $0.key(0), record: try $0.identifier(1))
        }
        if let newest, destroyed[newest.record] == nil, !keys.destroyed.contains(newest.record),
          try keys.database.key(newest.key) == nil
        {
          throw StorageError(.keyMissing, record: newest.record)
        }
        let unowned = try keys.database.unowned()
        try keys.settle(
          owners: try owners(of: unowned, db) + ledgered, newest: newest?.key ?? .none, destroyed: destroyed)
      }
    }
  }

  /// When the keys of records were destroyed, as a tenant's database has it.
  static func destroyedKeys(_ db: Database) throws -> [Identifier: Int64] {
    let rows = try db.all("SELECT record, destroyed_at FROM destroyed_key", []) {
      (try $0.identifier(0), try $0.integer(1))
    }
    return Dictionary(rows, uniquingKeysWith: min)
  }

  /// What the key database knows and this one does not, as after a restore without the ledger: it must be
  /// known when the key database is restored in its turn.
  private func keepDestroyed(known: [Identifier: Int64], _ db: Database) throws {
    let unknown = try keys.database.destroyed().filter { known[$0.key] == nil }
    guard !unknown.isEmpty else { return }
    try db.transaction(.immediate) {
      for (record, time) in unknown { try writeDestroyed([record], at: time, db) }
    }
  }

  /// Which records have these keys. Keys are given in their order, so those who have one of the newest are
  /// the newest records.
  private func owners(
    of keys: [RecordKeyID], _ db: Database
  ) throws -> [(key: RecordKeyID, record: Identifier)] {
    guard let first = keys.first else { return [] }
    let unowned = Set(keys)
    var owners: [(key: RecordKeyID, record: Identifier)] = []
    var row = Int64.max
    while true {
      let records = try db.all(
        "SELECT id, key_id, wire FROM record WHERE id < ? ORDER BY id DESC LIMIT 256", [.integer(row)]
      ) { (row: try $0.integer(0), key: try $0.key(1), record: try $0.identifier(2)) }
      for record in records where unowned.contains(record.key) {
        owners.append((record.key, record.record))
      }
      guard let last = records.last, last.key > first else { return owners }
      row = last.row
    }
  }
}
