import CRDT
import GRDB
public import Replication
public import WireProtocol

/// The journal: own entries in order, and what is not judged yet.
extension ReplicaStore {
  /// Own entries without a verdict, in order.
  ///
  /// - Parameters:
  ///   - number: where to go on after.
  ///   - limit: at most how many.
  public func pendingEntries(after number: UInt64, limit: Int) throws -> [LinkedEntry] {
    try reading { db in
      let meta = try meta(db)
      let first = max(meta.journalRow(of: number), meta.judgedEntries) + 1
      let last = first.addingReportingOverflow(UInt64(clamping: limit))
      let entries = try ownEntries(from: first, before: last.overflow ? .max : last.partialValue, db)
      if sent.count + entries.count > Self.sentEntriesMax { sent.removeAll() }
      for entry in entries { sent[entry.head.entries] = entry }
      return entries.map { $0.linked(in: meta) }
    }
  }

  /// Own entries that are judged now: from memory if they were sent lately.
  func judgedEntries(from first: UInt64, count: Int, _ db: Database) throws -> [OwnEntry] {
    let end = first + UInt64(count)
    let known = (first..<end).compactMap { sent.removeValue(forKey: $0) }
    return known.count == count ? known : try ownEntries(from: first, before: end, db)
  }

  /// The digest of the journal at an entry, to tell whether the server knows the same one; at 0 of the empty
  /// journal. `nil` when it was not written here.
  public func digest(ofEntry number: UInt64) throws -> Digest? {
    try reading { db in
      let meta = try meta(db)
      let start = meta.startOfJournal
      guard number > start.entries else { return number == start.entries ? start.digest : nil }
      return try db.first("SELECT digest FROM entry WHERE number = ?", [.bits(meta.journalRow(of: number))]) {
        try $0.digest(0)
      }
    }
  }

  /// Own entries with their changes, in order.
  ///
  /// - Complexity: Two statements, however many entries there are; what was delivered between them is passed
  ///   over.
  func ownEntries(from first: UInt64, before end: UInt64, _ db: Database) throws -> [OwnEntry] {
    var rows: ClosedRange<Int64>?
    var entries = try db.all(
      """
      SELECT number, digest, written_at, first_change, changes FROM entry WHERE number >= ? AND number < ?
      ORDER BY number
      """, [.bits(first), .bits(end)]
    ) { row in
      let start = try row.integer(3)
      let count = try row.integer(4)
      guard start > rows?.upperBound ?? 0, count > 0, count <= Limits.entryChanges,
        start <= .max - count
      else { throw StorageError(.damaged) }
      let last = start + count - 1
      rows = (rows?.lowerBound ?? start)...last
      return OwnEntry(
        head: JournalHead(entries: try row.unsigned(0), digest: try row.digest(1)),
        writtenAt: try row.integer(2))
    }
    guard let rows else { return [] }
    // Entries that backups of the server contain are not here any more.
    let places = Dictionary(
      entries.indices.map { (entries[$0].head.entries, $0) }, uniquingKeysWith: { first, _ in first })
    try db.forEach(
      """
      SELECT entry, id, digest, record, actor, number, content FROM change
      WHERE id BETWEEN ? AND ? AND entry NOT NULL ORDER BY id
      """, [.integer(rows.lowerBound), .integer(rows.upperBound)]
    ) { row in
      guard let index = places[try row.unsigned(0)] else { throw StorageError(.damaged) }
      let content = try content(of: row, from: 3, in: nil)
      let change = EncodedChange(
        header: try ChangeHeader(canonicalBytes: content.header), payload: content.payload ?? [],
        origin: try content.origin.map { try ChangeOrigin(encoded: $0) })
      entries[index].changes.append(
        OwnChange(
          row: try row.integer(1), change: change, digest: try row.digest(2),
          isSealed: content.payload == nil))
    }
    guard entries.allSatisfy({ !$0.changes.isEmpty }) else { throw StorageError(.damaged) }
    return entries
  }

  /// An own entry as it is stored.
  struct OwnEntry {
    /// The number of its row, and the journal's digest after it.
    let head: JournalHead
    let writtenAt: Int64
    var changes: [OwnChange] = []

    func linked(in meta: ReplicaMeta) -> LinkedEntry {
      let journal = JournalHead(entries: meta.journalEntry(ofRow: head.entries), digest: head.digest)
      return LinkedEntry(
        entry: JournalEntry(number: journal.entries, changes: changes.map(\.change)),
        digests: changes.map(\.digest), journal: journal)
    }
  }

  /// An own change with its row.
  struct OwnChange {
    let row: Int64
    let change: EncodedChange
    let digest: Digest
    /// Whether its record left the scope, so that what it says is here for the tenant alone.
    var isSealed = false
  }
}

extension ReplicaMeta {
  /// The journal of the actor where it begins here.
  var startOfJournal: JournalHead { journalStart ?? .start(tenant: tenant, actor: actor) }

  /// The row of an entry of the actor's journal; for one before its beginning here, the row that it begins
  /// after.
  func journalRow(of number: UInt64) -> UInt64 {
    let start = startOfJournal.entries
    return number > start ? journalRow + (number - start) : journalRow
  }

  /// The number in the actor's journal of an entry that stands in a row after its beginning.
  func journalEntry(ofRow row: UInt64) -> UInt64 {
    startOfJournal.entries + (row > journalRow ? row - journalRow : 0)
  }
}
