import CRDT
import GRDB
import Replication
import WireProtocol

/// Recomputes every chain, stamp and snapshot of a server's store (the scrub). What cannot even be read is a
/// finding like any other.
struct ServerVerification {
  let tenant: Tenant
  let epochs: RowNumbers<Identifier>
  let actors: RowNumbers<ActorID>
  let keys: RecordKeys
  var report = VerificationReport()
  /// The tenants with which the chains of actors start who were never enrolled here.
  private var homes: [ActorID: Identifier] = [:]

  init(
    _ tenant: Tenant, epochs: RowNumbers<Identifier>, actors: RowNumbers<ActorID>, keys: RecordKeys
  ) {
    self.tenant = tenant
    self.epochs = epochs
    self.actors = actors
    self.keys = keys
  }

  /// - Complexity: O(everything that is stored); memory for the changes of one record at a time.
  mutating func run(_ db: Database) {
    // The whole check, which compares each index with its table too.
    let isWhole = try? db.first("PRAGMA integrity_check(1)", [], { try $0.text(0) }) == "ok"
    if isWhole != true { report.add(.file) }
    do { homes = try ServerStore.readHomes(db) } catch { report.add(.file) }
    do { try checkRecords(db) } catch { report.add(.record) }
    do { try checkLog(db) } catch { report.add(.log) }
    do { try checkEntries(db) } catch { report.add(.entry) }
    do { try checkAttachments(db) } catch { report.add(.attachment) }
    do { try checkQuarantine(db) } catch { report.add(.change) }
    do { try checkKnowing(db) } catch { report.add(.knowing) }
  }

  // MARK: Records

  private mutating func checkRecords(_ db: Database) throws {
    for row in try db.all("SELECT id FROM record ORDER BY id", [], { try $0.integer(0) }) {
      report.records += 1
      do {
        try checkRecord(row, db)
      } catch let error as StorageError where error.code == .keyMissing || error.code == .foreignKey {
        report.add(.key, record: error.record)
      } catch {
        report.add(
          .record,
          record: try? db.first("SELECT wire FROM record WHERE id = ?", [.integer(row)]) {
            try $0.identifier(0)
          })
      }
    }
  }

  private mutating func checkRecord(_ row: Int64, _ db: Database) throws {
    let found = try db.first(StoredRecord.query, [.integer(row)]) { row in
      let isErased = keys.destroyed.contains(try row.identifier(0))
      return isErased ? nil : try StoredRecord(row: row, keys: keys)
    }
    guard let found else { throw StorageError(.damaged) }
    guard let stored = found else { return try checkErased(row, db) }
    let findingsBefore = report.findings.count
    if stored.content == nil { report.add(.snapshot, record: stored.id) }
    var replayed = RecordSnapshot(record: stored.id)
    var facts: UInt64?
    var head: UInt64 = 0
    var tail: Int64 = 0
    var hasErased = false
    var changes: [StoredChange] = []
    try db.forEach("SELECT \(Segment.columns) FROM segment WHERE record = ? ORDER BY last", [.integer(row)]) {
      let names = SegmentStamps.names($0, actors: actors)
      if let segment = try? Segment($0, epochs: epochs, keys: keys), segment.changes.map(\.header.id) == names
      {
        changes += segment.changes
        return
      }
      // What of it can be told is in the columns.
      for name in names { report.add(.change, record: stored.id, change: name) }
      if names.isEmpty { report.add(.change, record: stored.id) }
    }
    for change in changes.sorted(by: { $0.position < $1.position }) {
      report.changes += 1
      guard check(change, in: replayed), (try? replayed.apply(change)) != nil else {
        report.add(.change, record: stored.id, change: change.header.id)
        try? replayed.void(head: change.head)
        continue
      }
      head = change.position
      tail = change.position > stored.snapshotPosition ? tail + 1 : 0
      if facts == nil, replayed.facts != nil { facts = change.position }
      hasErased = hasErased || change.isErased
      guard change.position == stored.snapshotPosition, report.findings.count == findingsBefore else {
        // Whatever is erased, the snapshot was made anew after it.
        if change.isErased, change.position > stored.snapshotPosition {
          report.add(.snapshot, record: stored.id, change: change.header.id)
        }
        continue
      }
      if !hasErased, replayed.encoded == stored.content { continue }
      guard hasErased, let kept = stored.content.flatMap({ try? RecordSnapshot(encoded: $0) }),
        kept.agrees(with: replayed)
      else {
        report.add(.snapshot, record: stored.id)
        continue
      }
      // What an erased change superseded nobody knows any more but the snapshot.
      replayed = kept
    }
    guard report.findings.count == findingsBefore else { return }
    if !stored.matches(replayed, factsAt: facts, head: head, tail: tail) {
      report.add(.record, record: stored.id)
    }
  }

  private mutating func check(_ change: StoredChange, in record: RecordSnapshot) -> Bool {
    let name = change.header.id
    let previous = record.digest(of: name.actor, tenant: homes[name.actor] ?? tenant.id)
    guard change.header.record == record.record,
      (record.heads[name.actor]?.id.number ?? 0) + 1 == name.number, change.follows(previous)
    else { return false }
    let position = tenant.stampKey.position(
      in: change.seal, receivedAt: change.receivedAt, isAccepted: change.isAccepted, digest: change.digest)
    if position != change.position { report.add(.stamp, record: record.record, change: name) }
    return true
  }

  // MARK: The log and the journals

  private mutating func checkLog(_ db: Database) throws {
    let sound = try db.first(
      """
      SELECT ifnull(sum(changes), 0) = ifnull(max(last), 0)
        AND NOT EXISTS (SELECT 1 FROM segment s WHERE s.record NOT IN (SELECT id FROM record)) FROM segment
      """, [], { try $0.integer(0) == 1 })
    if sound != true { report.add(.log) }
  }

  private mutating func checkEntries(_ db: Database) throws {
    let runs = try db.all("SELECT \(JournalRun.columns) FROM journal ORDER BY actor, last", []) {
      try? JournalRun($0, actors: actors)
    }
    var heads: [ActorID: JournalHead] = [:]
    for run in runs {
      guard let run else {
        report.add(.entry)
        continue
      }
      report.entries += run.outcomes.count
      let before = heads[run.actor] ?? JournalHead.start(tenant: tenant.id, actor: run.actor)
      heads[run.actor] = run.journal
      guard run.firstEntry == before.entries + 1 else {
        report.add(.entry)
        continue
      }
      // An entry whose changes stand apart names them by its stamps only.
      guard run.seals == nil else { continue }
      let stamps = try? run.storedStamps(epochs: epochs, db)
      let entries = stamps.flatMap { try? run.entries(after: before, $0) }
      if entries == nil { report.add(.entry) }
    }
  }
}
