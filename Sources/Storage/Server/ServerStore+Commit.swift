import CRDT
import CaseModel
import GRDB
public import Replication
import WireProtocol

extension ServerStore {
  /// Writes a group in one transaction with one sync.
  ///
  /// - Parameter confirm: asked when everything is written and before it is durable; what it throws takes
  ///   everything back.
  /// - Throws: `StorageError`, or what `confirm` throws. Nothing of the group is stored then. `diskFull` and
  ///   `busy` may be tried again later; after `inputOutput` the store takes nothing more until it is opened
  ///   again, so that it recovers from its log.
  public func commit(_ group: CommitGroup, confirm: () throws -> Void = {}) throws {
    guard !mustReopen else { throw StorageError(.mustReopen) }
    if group.isEmpty { return }
    try checkPositions(group)
    let rowBefore = lastRecordRow
    let logsBefore = logs
    var staged: [Identifier: CachedRecord] = [:]
    var hasEntry = false
    do {
      try StorageError.translating {
        try database.inDatabase { db in
          try db.transaction(.immediate) {
            staged = try write(group, db)
            let entry = try prepareLedger(group, staged, db)
            try beforeCommit?(db)
            try confirm()
            if let entry {
              try ledger.append(entry)
              hasEntry = true
            }
          }
        }
      }
    } catch {
      lastRecordRow = rowBefore
      logs = logsBefore
      hasEntry ? keys.abandon() : keys.rollBack()
      isLedgerAhead = isLedgerAhead || hasEntry
      epochs.rollBack()
      actors.rollBack()
      // What governs stands in the ledger: it is taken in from there, and nothing may come before it.
      mustReopen = (error as? StorageError)?.code == .inputOutput || hasEntry && !group.governing.isEmpty
      throw error
    }
    if hasEntry { isLedgerAhead = false }
    position = group.position
    noteHealing(group)
    noteHomes(group)
    if !untold.isEmpty || replaying != nil { untold = untold(after: group) }
    if group.endsRecovery { isInRecovery = false }
    epochs.commit()
    actors.commit()
    noteDevices(group)
    for (id, record) in staged { cache.insert(record, for: id) }
    for account in group.accounts { persons[account.id] = account.person }
    checkpoint()
    try finishKeys(group)
  }

  /// The group is durable: that the key database cannot be told now is no failure of the commit, unless keys
  /// were to be destroyed there.
  private func finishKeys(_ group: CommitGroup) throws {
    do {
      try noteKeys(group)
    } catch {
      mustReopen = mustReopen || (error as? StorageError)?.code == .inputOutput
      guard !group.keysDestroyed.isEmpty else { return }
      // The ledger and the log have it: opening the store again destroys them.
      mustReopen = true
      throw StorageError(.mustReopen)
    }
  }

  /// The group is durable in the log; that it cannot be copied into the database now is no failure of the
  /// commit.
  private func checkpoint() {
    do {
      try StorageError.translating { try database.inDatabase { try log.checkpointIfDue($0) } }
    } catch {
      mustReopen = (error as? StorageError)?.code == .inputOutput
    }
  }

  private func checkPositions(_ group: CommitGroup) throws {
    var next = position
    for change in group.changes {
      next += 1
      guard change.position == next, group.records[change.change.header.record] != nil else {
        throw StorageError(
          .inconsistent, record: change.change.header.record, change: change.change.header.id)
      }
    }
    guard group.position == next else { throw StorageError(.inconsistent) }
  }

  private func write(_ group: CommitGroup, _ db: Database) throws -> [Identifier: CachedRecord] {
    for account in group.accounts { try write(account, db) }
    try writeDevices(group, db)
    for code in group.codes { try write(code, db) }
    try forgetCodes(group, db)
    for revocation in group.revocations { try write(revocation, db) }
    let records = try writeRecords(group, db)
    try writeLog(group, records, db)
    for holding in group.holdings { try write(holding, records, db) }
    try writeScopes(group, db)
    try writeQuarantine(group.quarantine, records, db)
    for actor in group.forgotten { try forgetHoldings(of: actor, db) }
    try writeHealing(group, db)
    try write(group.attachments, db)
    if !untold.isEmpty || replaying != nil { try writeUntold(group, db) }
    try writeDestroyed(group.keysDestroyed, at: group.decidedAt, db)
    try writeErased(group.erasedChanges, db)
    try writeHomes(group, db)
    try writeKnowing(group, db)
    return records
  }

  private func forgetHoldings(of actor: ActorID, _ db: Database) throws {
    try db.run(
      "UPDATE holding SET position = NULL WHERE actor = ?", [.integer(try actors.row(actor, in: db))])
  }

  private func write(
    _ holding: Holding, _ records: [Identifier: CachedRecord], _ db: Database
  ) throws {
    guard let row = try records[holding.record]?.row ?? recordRow(holding.record, db)?.row else {
      throw StorageError(.inconsistent, record: holding.record)
    }
    try db.run(
      "INSERT OR REPLACE INTO holding (actor, record, generation, position) VALUES (?, ?, ?, ?)",
      [
        .integer(try actors.row(holding.actor, in: db)), .integer(row), .bits(holding.generation),
        .bits(holding.position),
      ])
  }
}
