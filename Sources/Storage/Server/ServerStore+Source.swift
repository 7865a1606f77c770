public import CRDT
import GRDB
public import Replication
public import WireProtocol

extension ServerStore: TenantSource {
  public func record(_ id: Identifier) throws -> RecordSnapshot? {
    if let cached = cache.value(id) { return cached.snapshot }
    let loaded = try StorageError.translating { try database.inDatabase { try load(id, $0) } }
    guard let loaded else { return nil }
    cache.insert(loaded, for: id)
    return loaded.snapshot
  }

  public func digest(of change: ChangeID, in record: Identifier) throws -> Digest? {
    try StorageError.translating {
      try database.inDatabase { db in
        guard let row = try recordRow(record, db)?.row else { return nil }
        return try digest(of: change, row: row, db)
      }
    }
  }

  public func verdict(on entry: UInt64, of actor: ActorID) throws -> JudgedEntry? {
    guard let row = actors[actor] else { return nil }
    return try StorageError.translating {
      try database.inDatabase { try verdict(on: entry, of: actor, row: row, $0) }
    }
  }

  public func changes(of record: Identifier, after position: UInt64) throws -> [DeliveredChange] {
    try StorageError.translating {
      try database.inDatabase { db in
        guard let row = try recordRow(record, db)?.row else { return [] }
        return try checkedChanges(of: record, row: row, after: position, db) { header in
          try digest(before: header, row: row, db)
        }.map(\.delivered)
      }
    }
  }

  /// The encoded snapshot of a record, as an enter delivers it; `nil` when nothing is stored of it.
  ///
  /// It is made anew only when changes came after the stored one.
  public func enterContent(_ id: Identifier) throws -> [UInt8]? {
    if let cached = cache.value(id), cached.tail > 0 { return cached.snapshot.encoded }
    return try StorageError.translating {
      try database.inDatabase { db in
        guard let stored = try storedSnapshot(id, db) else { return nil }
        if stored.tail == 0 { return stored.content }
        return try load(id, db)?.snapshot.encoded
      }
    }
  }

  private func verdict(
    on entry: UInt64, of actor: ActorID, row: Int64, _ db: Database
  ) throws -> JudgedEntry? {
    let found = try db.first(
      """
      SELECT digest, refusal, refused_change, received_at, first, changes, seals FROM entry
      WHERE actor = ? AND number = ?
      """, [.integer(row), .bits(entry)]
    ) { row in
      (
        digest: try row.digest(0), refusal: row.optionalInteger(1), change: row.optionalInteger(2),
        receivedAt: try row.integer(3), first: try row.unsigned(4), changes: try row.integer(5),
        seals: try row.bytes(6)
      )
    }
    guard let found else { return nil }
    let seals = try found.seals.map(SealCoding.decode) ?? seals(from: found.first, count: found.changes, db)
    guard seals.count == found.changes else { throw StorageError(.damaged) }
    let refusal = found.refusal.map {
      EntryVerdict.Refusal(
        code: ErrorCode(rawValue: UInt32(truncatingIfNeeded: $0)),
        change: UInt32(truncatingIfNeeded: found.change ?? 0))
    }
    return JudgedEntry(
      actor: actor, journal: JournalHead(entries: entry, digest: found.digest),
      verdict: EntryVerdict(entry: entry, refusal: refusal, receivedAt: found.receivedAt, seals: seals))
  }

  private func seals(from first: UInt64, count: Int64, _ db: Database) throws -> [Seal] {
    try db.all(
      "SELECT epoch, sealed, mac FROM change WHERE position >= ? ORDER BY position LIMIT ?",
      [.bits(first), .integer(count)]
    ) { row in
      Seal(
        epoch: try epochs.key(try row.integer(0)), sealedPosition: try row.unsigned(1),
        mac: try row.identifier(2))
    }
  }
}
