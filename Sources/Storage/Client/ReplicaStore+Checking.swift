import CRDT
import GRDB
import Replication
import WireProtocol

extension ReplicaStore {
  /// Recomputes what can be recomputed of the replica alone, and names what is not as it was stored: the
  /// file, each record's confirmed state, the journal, and the chains of own changes.
  ///
  /// - Complexity: O(everything that is stored)
  /// - Throws: `StorageError` when it cannot be read.
  public func verify() throws -> VerificationReport {
    try reading { db in
      var report = VerificationReport()
      guard try db.first("PRAGMA quick_check(1)", [], { try $0.text(0) }) == "ok" else {
        report.add(.file)
        return report
      }
      try checkSnapshots(&report, db)
      try checkJournal(&report, db)
      return report
    }
  }

  private func checkSnapshots(_ report: inout VerificationReport, _ db: Database) throws {
    try db.forEach(
      "SELECT r.wire, s.content, s.digest FROM snapshot s JOIN record r ON r.id = s.record"
    ) { row in
      let record = try row.identifier(0)
      let content = try row.blob(1)
      report.records += 1
      let snapshot = try? RecordSnapshot(encoded: content)
      guard try row.digest(2) == Digest(hashing: content), snapshot?.record == record else {
        return report.add(.snapshot, record: record)
      }
    }
  }

  private func checkJournal(_ report: inout VerificationReport, _ db: Database) throws {
    struct Chain: Hashable {
      let record: Identifier
      let actor: ActorID
    }
    let meta = try meta(db)
    var head = JournalHead.start(tenant: meta.tenant, actor: meta.actor)
    var last = meta.journalRow
    var heads: [Chain: (number: UInt64, digest: Digest)] = [:]
    for entry in try ownEntries(from: 1, before: UInt64(Int64.max), db) {
      report.entries += 1
      // What stands before the row where the journal begins here was written before a healing: parts of this
      // actor's or an earlier one's journal, between which there may be what only the server has.
      let isBefore = entry.head.entries <= meta.journalRow
      for own in entry.changes {
        let header = own.change.header
        let chain = Chain(record: header.record, actor: header.id.actor)
        let start = RecordSnapshot(record: header.record).digest(of: header.id.actor, tenant: meta.tenant)
        let before = heads[chain] ?? (0, start)
        let follows = header.id.number == before.number + 1
        let hasGoneOn = meta.journalRow > 0 || meta.journalStart != nil || meta.lastOrder > 0
        let mayLackSome = hasGoneOn && header.id.number > before.number
        report.changes += 1
        let isWhole = follows && !own.isSealed
        guard
          isWhole
            ? own.change.digest(after: before.digest) == own.digest : mayLackSome || own.isSealed
        else {
          report.add(.change, record: header.record, change: header.id)
          return
        }
        heads[chain] = (header.id.number, own.digest)
      }
      if entry.head.entries == meta.journalRow + 1 { head = meta.startOfJournal }
      head = head.appending(changes: entry.changes.map(\.digest))
      // Of what the server's backups contain nothing is kept here.
      let followsGap = meta.lastOrder > 0 && entry.head.entries > last + 1
      last = max(last, entry.head.entries)
      if isBefore || followsGap {
        head = JournalHead(entries: head.entries, digest: entry.head.digest)
      } else if head.digest != entry.head.digest {
        return report.add(.entry)
      }
    }
  }
}
