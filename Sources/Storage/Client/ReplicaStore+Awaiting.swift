import CRDT
import GRDB
import Replication
import WireProtocol

/// Own work that builds on what a restored server awaits back, or that names characters of a change whose
/// place another took: refused for now, and written again by itself.
extension ReplicaStore {
  /// Writes again what waits for something that has come back since, with the original as its origin and
  /// characters named as they stand. What can never stand is refused: what it builds on was, or its record
  /// leaves the device.
  ///
  /// - Parameter now: milliseconds since 1970 by this device's clock.
  /// - Returns: whether something was written.
  /// - Complexity: O(entries that wait).
  /// - Throws: `StorageError`, and then nothing is written.
  @discardableResult
  public func reissueAwaiting(at now: Int64) throws -> Bool {
    let waiting = try reading { db in
      try db.all("SELECT number FROM entry WHERE status = 4 ORDER BY number", []) { try $0.unsigned(0) }
    }
    mayAwait = !waiting.isEmpty
    guard mayAwait, try meta().accessEnded == nil else { return false }
    var hasWiped = false
    let hasWritten = try writing { db, staged in
      var hasWritten = false
      for number in waiting {
        guard let entry = try ownEntries(from: number, before: number + 1, db).first else { continue }
        if try reissue(entry, at: now, &staged, db) {
          try set(.superseded, number, db)
          hasWritten = true
        } else if try canNeverStand(entry, staged, db) {
          try set(.void, number, db)
        }
      }
      hasWiped = try wipeExited(at: now, &staged, db)
      return hasWritten
    }
    if hasWiped { dropLog() }
    return hasWritten
  }

  /// Whether what an entry waits for does not come: it was refused for good, or the record leaves.
  private func canNeverStand(_ entry: OwnEntry, _ staged: Staged, _ db: Database) throws -> Bool {
    try entry.changes.contains { own in
      let record = own.change.header.record
      let replica = try staged.replicas[record] ?? stored(record, db)
      return try replica?.exit != nil || buildsOnRefused(own.change, db)
    }
  }

  private func reissue(
    _ entry: OwnEntry, at now: Int64, _ staged: inout Staged, _ db: Database
  ) throws -> Bool {
    let meta = try meta(db)
    guard try entry.changes.allSatisfy({ try isBack($0.change.header, &staged, db) }) else { return false }
    let reissue = Reissue(
      by: meta.actor, author: meta.account, tenant: meta.tenant, at: now, after: nil,
      originals: try originals(namedBy: entry, db))
    let originals = try entry.changes.map {
      Reissue.Original(change: $0.change, previous: try previous(of: $0, meta, db))
    }
    for original in originals {
      let change = try reissue.change(original, after: nil).change.decoded()
      let replica = try staged.replicas[original.record] ?? stored(original.record, db)
      guard replica?.shown.unknownCharacter(in: change) == nil else { return false }
    }
    try write(originals, by: reissue, meta, now, &staged, db)
    return true
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
