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
      let last = try db.first(
        """
        SELECT max(number) FROM (
          SELECT number FROM entry WHERE status = 0 AND number > ? ORDER BY number LIMIT ?)
        """, [.bits(number), .integer(limit)]
      ) { $0.optionalInteger(0) }
      guard let last = last ?? nil else { return [] }
      let first = max(number, try judgedUpTo(db)) + 1
      return try ownEntries(from: first, to: UInt64(bitPattern: last), db).values
        .sorted { $0.head.entries < $1.head.entries }.map(\.linked)
    }
  }

  /// The digest of the journal at an entry, to tell whether the server knows the same one; at 0 of the empty
  /// journal. `nil` when it was not written here.
  public func digest(ofEntry number: UInt64) throws -> Digest? {
    try reading { db in
      if number == 0 {
        let meta = try meta(db)
        return JournalHead.start(tenant: meta.tenant, actor: meta.actor).digest
      }
      return try db.first("SELECT digest FROM entry WHERE number = ?", [.bits(number)]) { try $0.digest(0) }
    }
  }

  /// The last entry that has a verdict. They come in order, so what follows has none.
  func judgedUpTo(_ db: Database) throws -> UInt64 {
    let pending = try db.first("SELECT min(number) FROM entry WHERE status = 0") { $0.optionalInteger(0) }
    if let pending = pending ?? nil { return UInt64(bitPattern: pending) - 1 }
    return UInt64(
      bitPattern: try db.first("SELECT max(number) FROM entry") { $0.optionalInteger(0) ?? 0 } ?? 0)
  }

  /// Own entries by number, with their changes.
  ///
  /// - Complexity: Two statements, however many entries there are.
  func ownEntries(from first: UInt64, to last: UInt64, _ db: Database) throws -> [UInt64: OwnEntry] {
    var entries: [UInt64: OwnEntry] = [:]
    let heads = try db.rows(
      "SELECT number, digest, written_at FROM entry WHERE number BETWEEN ? AND ?",
      [.bits(first), .bits(last)])
    while let row = try heads.next() {
      let head = JournalHead(entries: try row.unsigned(0), digest: try row.digest(1))
      entries[head.entries] = OwnEntry(head: head, writtenAt: try row.integer(2))
    }
    let changes = try db.rows(
      "SELECT entry, id, header, payload, digest FROM change WHERE entry BETWEEN ? AND ? ORDER BY entry, id",
      [.bits(first), .bits(last)])
    while let row = try changes.next() {
      entries[try row.unsigned(0)]?.changes.append(
        OwnChange(
          row: try row.integer(1),
          change: EncodedChange(
            header: try ChangeHeader(canonicalBytes: try row.blob(2)), payload: try row.blob(3)),
          digest: try row.digest(4)))
    }
    guard entries.values.allSatisfy({ !$0.changes.isEmpty }) else { throw StorageError(.damaged) }
    return entries
  }

  /// An own entry as it is stored.
  struct OwnEntry {
    let head: JournalHead
    let writtenAt: Int64
    var changes: [OwnChange] = []

    var linked: LinkedEntry {
      LinkedEntry(
        entry: JournalEntry(number: head.entries, changes: changes.map(\.change)),
        digests: changes.map(\.digest), journal: head)
    }
  }

  /// An own change with its row.
  struct OwnChange {
    let row: Int64
    let change: EncodedChange
    let digest: Digest
  }
}
