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
  private(set) var report = VerificationReport()

  init(_ tenant: Tenant, epochs: RowNumbers<Identifier>, actors: RowNumbers<ActorID>) {
    self.tenant = tenant
    self.epochs = epochs
    self.actors = actors
  }

  /// - Complexity: O(everything that is stored); memory for the changes of one record at a time.
  mutating func run(_ db: Database) {
    // The whole check, which compares each index with its table too.
    let isWhole = try? db.first("PRAGMA integrity_check(1)", [], { try $0.text(0) }) == "ok"
    if isWhole != true { report.add(.file) }
    do { try checkRecords(db) } catch { report.add(.record) }
    do { try checkLog(db) } catch { report.add(.log) }
    do { try checkEntries(db) } catch { report.add(.entry) }
  }

  // MARK: Records

  private mutating func checkRecords(_ db: Database) throws {
    for row in try db.all("SELECT id FROM record ORDER BY id", [], { try $0.integer(0) }) {
      report.records += 1
      do {
        try checkRecord(row, db)
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
    guard let stored = try db.first(StoredRecord.query, [.integer(row)], StoredRecord.init(row:)) else {
      throw StorageError(.damaged)
    }
    let findingsBefore = report.findings.count
    if !stored.isContentWhole { report.add(.snapshot, record: stored.id) }
    var replayed = RecordSnapshot(record: stored.id)
    var facts: UInt64?
    var head: UInt64 = 0
    var tail: Int64 = 0
    let changes = try db.all(
      "SELECT \(StoredChange.columns), actor, number FROM change WHERE record = ? ORDER BY position",
      [.integer(row)]
    ) { read($0) }
    for (name, change) in changes {
      report.changes += 1
      guard let name, let change, check(change, name, in: replayed), (try? replayed.apply(change)) != nil
      else {
        report.add(.change, record: stored.id, change: name)
        if let change { try? replayed.void(head: change.head) }
        continue
      }
      head = change.position
      tail = change.position > stored.snapshotPosition ? tail + 1 : 0
      if facts == nil, replayed.facts != nil { facts = change.position }
      if change.position == stored.snapshotPosition, report.findings.count == findingsBefore,
        replayed.encoded != stored.content
      {
        report.add(.snapshot, record: stored.id)
      }
    }
    guard report.findings.count == findingsBefore else { return }
    if !stored.matches(replayed, factsAt: facts, head: head, tail: tail) {
      report.add(.record, record: stored.id)
    }
  }

  /// A row of the log with the name that its columns say; what does not decode is `nil`.
  private func read(_ row: ResultRow) -> (ChangeID?, StoredChange?) {
    var name: ChangeID?
    if let actor = try? actors.key(try row.integer(10)), let number = try? row.unsigned(11) {
      name = ChangeID(actor: actor, number: number)
    }
    return (name, try? StoredChange(row, epochs: epochs))
  }

  private mutating func check(_ change: StoredChange, _ name: ChangeID, in record: RecordSnapshot) -> Bool {
    let previous = record.digest(of: name.actor, tenant: tenant.id)
    guard change.header.id == name, change.header.record == record.record,
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
      SELECT count(*) = ifnull(max(position), 0)
        AND NOT EXISTS (SELECT 1 FROM change c WHERE c.record NOT IN (SELECT id FROM record)) FROM change
      """, [], { try $0.integer(0) == 1 })
    if sound != true { report.add(.log) }
  }

  private mutating func checkEntries(_ db: Database) throws {
    let entries = try db.all(
      "SELECT actor, number, digest, first, changes, seals IS NULL FROM entry ORDER BY actor, number", []
    ) { row in
      (
        actor: try row.integer(0), number: try row.unsigned(1), digest: try row.digest(2),
        first: try row.unsigned(3),
        changes: try row.integer(4), isRun: try row.integer(5) == 1
      )
    }
    var heads: [Int64: JournalHead] = [:]
    for entry in entries {
      report.entries += 1
      let actor = try actors.key(entry.actor)
      let before = heads[entry.actor] ?? JournalHead.start(tenant: tenant.id, actor: actor)
      heads[entry.actor] = JournalHead(entries: entry.number, digest: entry.digest)
      guard entry.number == before.entries + 1 else {
        report.add(.entry)
        continue
      }
      // An entry whose changes stand apart names them by its stamps only.
      guard entry.isRun else { continue }
      let digests = try db.all(
        "SELECT digest FROM change WHERE position >= ? ORDER BY position LIMIT ?",
        [.bits(entry.first), .integer(entry.changes)]
      ) { try $0.digest(0) }
      if before.appending(changes: digests).digest != entry.digest { report.add(.entry) }
    }
  }
}
