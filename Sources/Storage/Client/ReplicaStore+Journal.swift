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
      let heads = try db.all(
        "SELECT number, digest FROM entry WHERE status = 0 AND number > ? ORDER BY number LIMIT ?",
        [.bits(number), .integer(limit)]
      ) { JournalHead(entries: try $0.unsigned(0), digest: try $0.digest(1)) }
      return try heads.map { try linkedEntry($0, db) }
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

  func linkedEntry(_ head: JournalHead, _ db: Database) throws -> LinkedEntry {
    let changes = try entryChanges(head.entries, db)
    return LinkedEntry(
      entry: JournalEntry(number: head.entries, changes: changes.map(\.change)),
      digests: changes.map(\.digest),
      journal: head)
  }

  /// An own change with its row.
  struct OwnChange {
    let row: Int64
    let change: EncodedChange
    let digest: Digest
  }

  func entryChanges(_ number: UInt64, _ db: Database) throws -> [OwnChange] {
    let changes = try db.all(
      "SELECT id, header, payload, digest FROM change WHERE entry = ? ORDER BY id", [.bits(number)]
    ) { row in
      OwnChange(
        row: try row.integer(0),
        change: EncodedChange(
          header: try ChangeHeader(canonicalBytes: try row.blob(1)), payload: try row.blob(2)),
        digest: try row.digest(3))
    }
    guard !changes.isEmpty else { throw StorageError(.damaged) }
    return changes
  }
}
