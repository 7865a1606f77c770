import CRDT
import GRDB
import Replication
import WireProtocol

extension ReplicaStore {
  /// Recomputes what can be recomputed of the replica alone, and names what is not as it was stored: the
  /// file, whether its rows are those that were written last, each record's confirmed state, the history,
  /// the journal, the chains of own changes, and attachments' bytes.
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
      // What does not even look sealed is found by itself below.
      if (try? sealed.arePresent(db)) != true || (try? checkMarkers(db)) == nil { report.add(.rows) }
      try checkSnapshots(&report, db)
      try checkHistory(&report, db)
      if report.findings.allSatisfy({ $0.fault == .rows }) { try checkJournal(&report, db) }
      try checkAttachments(&report, db)
      return report
    }
  }

  /// Whether the rows are those that were written, each as it was written last: none was left out, put back
  /// or brought in behind the store's back. It opens none of them, and is cheap enough for every session.
  ///
  /// - Complexity: O(rows); about a microsecond each.
  /// - Throws: `StorageError` when it cannot be read.
  public func isComplete() throws -> Bool { try reading { try sealed.arePresent($0) } }

  private func checkSnapshots(_ report: inout VerificationReport, _ db: Database) throws {
    try db.forEach(
      "SELECT r.wire, s.content FROM snapshot s JOIN record r ON r.id = s.record"
    ) { row in
      let record = try row.identifier(0)
      report.records += 1
      let content = try? sealed.opened(try row.sealed(1), at: .snapshot(of: record))
      let snapshot = content.flatMap { try? RecordSnapshot(encoded: $0) }
      if snapshot?.record != record { report.add(.snapshot, record: record) }
    }
  }

  private func checkMarkers(_ db: Database) throws {
    try db.forEach("SELECT name, value FROM marker") { row in
      _ = try sealed.opened(try row.sealed(1), at: .marker(try row.text(0)))
    }
    try db.forEach("SELECT id, content FROM opening") { row in
      _ = try sealed.opened(try row.sealed(1), at: .opening(try row.integer(0)))
    }
  }

  private func checkHistory(_ report: inout VerificationReport, _ db: Database) throws {
    try db.forEach(
      """
      SELECT c.record, c.actor, c.number, c.content, r.wire
      FROM change c LEFT JOIN record r ON r.id = c.record
      """
    ) { row in
      let record = try row.optionalIdentifier(4)
      let change = ChangeID(actor: try row.actor(1), number: try row.unsigned(2))
      guard let record, (try? content(of: row, from: 0, in: record)) != nil else {
        return report.add(.change, record: record, change: change)
      }
    }
  }

  private func checkAttachments(_ report: inout VerificationReport, _ db: Database) throws {
    let known = try db.all("SELECT id, record, digest, present FROM attachment") { row in
      let record = try row.identifier(1)
      let digest = try? attachmentDigest(row, 2, of: record)
      return (row: try row.integer(0), record: record, isWhole: digest != nil, present: try row.unsigned(3))
    }
    for (row, record, isWhole, present) in known {
      report.attachments += 1
      var end: UInt64 = 0
      let content = StoredContent(attachment: row, sealed: sealed)
      while isWhole, end < present {
        guard let piece = try? content.read(at: end, count: 1 << 20, db), !piece.isEmpty else { break }
        end += UInt64(piece.count)
      }
      if !isWhole || end != present { report.add(.attachment, record: record) }
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
          try isWhole
            ? own.change.digest(after: before.digest) == own.digest
            : mayLackSome || own.isSealed || followsDelivered(own, meta, db)
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

  /// Whether an own change chains to one of its actor that this device did not write, but was sent: of the
  /// device that it was copied from, or that a server had in its ledger alone.
  private func followsDelivered(_ own: OwnChange, _ meta: ReplicaMeta, _ db: Database) throws -> Bool {
    do {
      return own.change.digest(after: try previous(of: own, meta, db)) == own.digest
    } catch let error as StorageError where error.code == .inconsistent {
      return false
    }
  }
}
