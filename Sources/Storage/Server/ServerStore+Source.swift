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
        // A server that was set back may have nothing of a record but that it was erased.
        let row = try recordRow(record, db)?.row
        if let row, let stored = try digest(of: change, row: row, db) { return stored }
        return keys.destroyed.contains(record) ? try erasedDigest(of: change, in: record, db) : nil
      }
    }
  }

  private func erasedDigest(
    of change: ChangeID, in record: Identifier, _ db: Database
  ) throws -> Digest? {
    try db.first(
      "SELECT digest FROM erased_change WHERE record = ? AND actor = ? AND number = ?",
      [.blob(record), .bits(change.actor), .bits(change.number)]
    ) { try $0.digest(0) }
  }

  public func isErased(_ record: Identifier) -> Bool {
    !keys.destroyed.isEmpty && keys.destroyed.contains(record)
  }

  public func isUntold(_ digest: Digest) -> Bool { untold.contains(digest) }

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
        let changes = try checkedChanges(of: record, row: row, after: position, db) { header in
          try digest(before: header, row: row, db)
        }
        // Without its payload a change is none that others could take in; they are sent the state.
        guard changes.allSatisfy({ !$0.isErased }) else { throw StorageError(.erased, record: record) }
        return changes.map(\.delivered)
      }
    }
  }

  /// The encoded snapshot of a record, as an enter delivers it; `nil` when nothing is stored of it.
  ///
  /// It is made anew only when changes came after the stored one. It throws `erased` when the record's key
  /// was destroyed.
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
    if let recent = recentRun, recent.actor == actor,
      let found = recent.entries.first(where: { $0.journal.entries == entry })
    {
      return found
    }
    let run = try db.first(
      "SELECT \(JournalRun.columns) FROM journal WHERE actor = ? AND last >= ? ORDER BY last LIMIT 1",
      [.integer(row), .bits(entry)]
    ) { try JournalRun($0, actors: actors) }
    guard let run, run.firstEntry <= entry else { return nil }
    let entries = try entries(of: run, row: row, db)
    recentRun = (actor, entries)
    return entries.first { $0.journal.entries == entry }
  }

  /// The entries of a run as they were judged.
  private func entries(of run: JournalRun, row: Int64, _ db: Database) throws -> [JudgedEntry] {
    let before = try db.first(
      "SELECT last, digest FROM journal WHERE actor = ? AND last < ? ORDER BY last DESC LIMIT 1",
      [.integer(row), .bits(run.firstEntry)]
    ) { JournalHead(entries: try $0.unsigned(0), digest: try $0.digest(1)) }
    if let seals = run.seals {
      let verdict = EntryVerdict(
        entry: run.journal.entries, refusal: run.outcomes.first?.refusal, receivedAt: run.receivedAt,
        seals: seals)
      return [JudgedEntry(actor: run.actor, journal: run.journal, verdict: verdict)]
    }
    return try run.entries(
      after: before ?? .start(tenant: tenant.id, actor: run.actor),
      try run.storedStamps(epochs: epochs, db))
  }
}

extension JournalRun {
  /// The digests and seals of the entries' changes, in order of position.
  func storedStamps(
    epochs: RowNumbers<Identifier>, _ db: Database
  ) throws -> [(digest: Digest, seal: Seal)] {
    let segments = try db.all(
      "SELECT \(SegmentStamps.columns) FROM segment WHERE id >= ? AND id < ?",
      [.bits(first), .bits(first &+ UInt64(changes))]
    ) { try SegmentStamps($0, epochs: epochs) }
    return segments.flatMap { segment in segment.stamps.map { ($0, segment.seal($0)) } }
      .sorted { $0.0.position < $1.0.position }.map { ($0.0.digest, $0.1) }
  }
}
