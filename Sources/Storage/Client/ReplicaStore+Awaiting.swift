import CRDT
import GRDB
import Replication
import WireProtocol

/// Own work that builds on what a restored server awaits back: refused for now, and written again by itself.
extension ReplicaStore {
  /// Writes again what waits for something that has come back since, with the original as its origin.
  ///
  /// - Parameter now: milliseconds since 1970 by this device's clock.
  /// - Complexity: O(entries that wait).
  /// - Throws: `StorageError`, and then nothing is written.
  public func reissueAwaiting(at now: Int64) throws {
    let waiting = try reading { db in
      try db.all("SELECT number FROM entry WHERE status = 4 ORDER BY number", []) { try $0.unsigned(0) }
    }
    guard !waiting.isEmpty, try meta().accessEnded == nil else { return }
    try writing { db, staged in
      let meta = try meta(db)
      let reissue = Reissue(
        by: meta.actor, author: meta.account, tenant: meta.tenant, at: now, after: nil)
      for number in waiting {
        guard let entry = try ownEntries(from: number, before: number + 1, db).first,
          try entry.changes.allSatisfy({ try isBack($0.change.header, &staged, db) })
        else { continue }
        let originals = try entry.changes.map {
          Reissue.Original(change: $0.change, previous: try previous(of: $0, meta, db))
        }
        try write(originals, by: reissue, meta, now, &staged, db)
        try db.run("UPDATE entry SET status = 3 WHERE number = ?", [.bits(number)])
      }
    }
  }

  /// Whether the server has delivered, in this epoch, what a change builds on.
  private func isBack(_ header: ChangeHeader, _ staged: inout Staged, _ db: Database) throws -> Bool {
    func delivered(_ record: Identifier) throws -> RecordSnapshot? {
      guard let replica = try staged.replicas[record] ?? stored(record, db), replica.generation > 0,
        replica.snapshot.facts != nil
      else { return nil }
      return replica.snapshot
    }
    if let creates = header.creates {
      guard let caseID = creates.caseID, caseID != header.record else { return true }
      return try delivered(caseID) != nil
    }
    guard let snapshot = try delivered(header.record) else { return false }
    // Of the own actor's numbers those before it are here, void or not.
    let needed = header.version.replacing(header.id.actor, by: 0)
    return snapshot.state.version.contains(needed)
  }
}
