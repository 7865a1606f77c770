import CRDT
import GRDB
public import Replication
import WireProtocol

/// What waits for a person's decision: of this device's own work, and what this person decides on.
extension ReplicaStore {
  public func quarantined() throws -> [QuarantineName] {
    try reading { db in
      try db.all(
        """
        SELECT c.actor, e.quarantined_as FROM entry e JOIN change c ON c.id = e.first_change
        WHERE e.status IN (5, 6) ORDER BY e.number
        """, []
      ) { QuarantineName(actor: try $0.actor(0), entry: try $0.unsigned(1)) }
    }
  }

  /// Takes in what became of own entries, in one transaction. What the server was set back behind is written
  /// again, with the original as its origin, so that it is taken once.
  ///
  /// - Throws: `StorageError`, and then nothing is stored.
  func apply(_ decisions: [QuarantineDecision]) throws {
    try writing { db, staged in
      for decision in decisions {
        guard let number = try row(of: decision.name, db) else { continue }
        switch decision.outcome {
        case .waiting: continue
        case .accepted: try set(.superseded, number, db)
        case .refused(.withdrawn): try set(.withdrawn, number, db)
        case .refused(let reason):
          try db.run(
            "UPDATE entry SET status = 2, refusal = ?, reason = ? WHERE number = ?",
            [
              .integer(Int64(ErrorCode.declined.rawValue)), .integer(Int64(reason.rawValue)),
              .bits(number),
            ])
        case .unknown: try writeAgain(number, &staged, db)
        }
      }
    }
  }

  /// Brings in what waited for this person's decision: each change stands for the one that its author wrote.
  ///
  /// - Parameter now: milliseconds since 1970 by this device's clock.
  /// - Returns: whether it was written. It is not when one of its records left this device's scope since: who
  ///   may not read a record decides nothing of it, and what waits is the server's to say.
  /// - Throws: `StorageError`, and then nothing is written.
  @discardableResult
  public func accept(_ waiting: ReceivedQuarantine, at now: Int64) throws -> Bool {
    try writing { db, staged in
      for change in waiting.changes {
        let record = change.change.header.record
        guard try (staged.replicas[record] ?? stored(record, db))?.exit == nil else { return false }
      }
      let meta = try meta(db)
      let originals = waiting.changes.map { Reissue.Original(change: $0.change, previous: $0.previous) }
      try write(originals, by: reissue(meta, at: now), meta, now, &staged, db)
      return true
    }
  }

  private func row(of name: QuarantineName, _ db: Database) throws -> UInt64? {
    try db.first(
      """
      SELECT e.number FROM entry e JOIN change c ON c.id = e.first_change
      WHERE e.status IN (5, 6) AND c.actor = ? AND e.quarantined_as = ?
      """, [.bits(name.actor), .bits(name.entry)]
    ) { try $0.unsigned(0) }
  }

  /// What left the device's scope since is sealed to the tenant: only that it waits is known here.
  private func writeAgain(_ number: UInt64, _ staged: inout Staged, _ db: Database) throws {
    let meta = try meta(db)
    guard let entry = try ownEntries(from: number, before: number + 1, db).first,
      !entry.changes.contains(where: \.isSealed)
    else { return }
    let originals = try entry.changes.map {
      Reissue.Original(change: $0.change, previous: try previous(of: $0, meta, db))
    }
    try write(originals, by: reissue(meta, at: entry.writtenAt), meta, entry.writtenAt, &staged, db)
    try set(.superseded, number, db)
  }

  func reissue(_ meta: ReplicaMeta, at now: Int64) -> Reissue {
    Reissue(by: meta.actor, author: meta.account, tenant: meta.tenant, at: now, after: nil)
  }

  func set(_ status: ReplicaSchema.Status, _ number: UInt64, _ db: Database) throws {
    try db.run(
      "UPDATE entry SET status = ? WHERE number = ?", [.integer(status.rawValue), .bits(number)])
  }
}
