import CRDT
import GRDB
public import Replication
import WireProtocol

extension ReplicaStore {
  /// Takes in the server's verdicts on own entries, in one transaction: an accepted change moves into the
  /// confirmed state, a refused one out of what is shown.
  ///
  /// A verdict that was taken in before changes nothing. It is not durable when this returns: one that a
  /// power failure takes away is asked for again by sending the entry again.
  ///
  /// - Parameters:
  ///   - cursor: when there is one, everything up to these verdicts was delivered.
  ///   - caughtUpAt: when there is one, nothing waits on either side after these verdicts.
  /// - Throws: `StorageError`, and then nothing is stored: `unknownEntry` for an entry that was not written
  ///   here, whose turn it is not, or that has another number of changes; `gap` and `notReady` when the
  ///   confirmed state lacks what an accepted change stands on.
  public func apply(
    verdicts: [EntryVerdict], cursor: [UInt8]? = nil, caughtUpAt: Int64? = nil
  ) throws -> AppliedVerdicts {
    var hasWiped = false
    let applied = try writing(.later) { db, staged in
      var applied = AppliedVerdicts()
      let meta = try meta(db)
      let judged = meta.judgedEntries
      let new = verdicts.filter { meta.journalRow(of: $0.entry) > judged }
      let entries = try judgedEntries(from: judged + 1, count: new.count, db)
      guard new.elementsEqual(entries, by: { meta.journalRow(of: $0.entry) == $1.head.entries }) else {
        throw StorageError(.unknownEntry)
      }
      try note(new[...], meta, db)
      for (verdict, entry) in zip(new, entries) { try apply(verdict, to: entry, &applied, &staged, db) }
      try stage(&staged, db) { meta in
        meta.judgedEntries = judged + UInt64(new.count)
        if let cursor { meta.cursor = cursor }
        if let caughtUpAt { meta.lastCaughtUp = caughtUpAt }
      }
      if let last = new.last { hasWiped = try wipeExited(at: last.receivedAt, &staged, db) }
      return applied
    }
    if hasWiped { dropLog() }
    return applied
  }

  /// Changes the meta values that the transaction will store.
  func stage(_ staged: inout Staged, _ db: Database, _ body: (inout ReplicaMeta) -> Void) throws {
    var meta = try staged.meta ?? meta(db)
    body(&meta)
    staged.meta = meta
  }

  private func apply(
    _ verdict: EntryVerdict, to entry: OwnEntry, _ applied: inout AppliedVerdicts, _ staged: inout Staged,
    _ db: Database
  ) throws {
    guard entry.changes.count == verdict.seals.count else { throw StorageError(.unknownEntry) }
    for (change, seal) in zip(entry.changes, verdict.seals) {
      try settle(change, verdict, seal, &staged, db)
      applied.records.insert(change.change.header.record)
    }
    if verdict.refusal?.code == .alreadyTaken { return try supersede(entry, by: verdict, &staged, db) }
    // It is written again once what it builds on is back.
    if verdict.refusal?.code == .awaited { return mayAwait = true }
    if verdict.isQuarantined { return applied.quarantined.append(verdict.entry) }
    if let refusal = verdict.refusal, refusal.isHeld {
      try note(refusal.audiences, db)
      return applied.held.append(verdict.entry)
    }
    guard let refusal = verdict.refusal else { return applied.accepted.append(verdict.entry) }
    let deciding = entry.changes.dropFirst(Int(refusal.change)).first ?? entry.changes.first
    guard let record = deciding?.change.header.record else { return }
    if refusal.code == .causality, let change = deciding?.change, try buildsOnStandIn(change, db) {
      mayAwait = true
      return try set(.awaiting, entry.head.entries, db)
    }
    applied.refused.append(
      RefusedEntry(
        entry: JournalEntry(number: verdict.entry, changes: entry.changes.map(\.change)), record: record,
        refusal: refusal, writtenAt: entry.writtenAt, receivedAt: verdict.receivedAt))
  }

  /// Writes verdicts into the rows of their entries: those of one kind and time that follow each other with
  /// one statement.
  private func note(_ verdicts: ArraySlice<EntryVerdict>, _ meta: ReplicaMeta, _ db: Database) throws {
    var rest = verdicts
    while let first = rest.first {
      let run = rest.prefix { $0.refusal == first.refusal && $0.receivedAt == first.receivedAt }
      rest = rest.dropFirst(run.count)
      let row = meta.journalRow(of: first.entry)
      let status: ReplicaSchema.Status =
        switch first.refusal?.code {
        case nil: .accepted
        case _ where first.isQuarantined: .quarantined
        case _ where first.isHeld: .held
        case .alreadyTaken: .superseded
        case .awaited: .awaiting
        default: .void
        }
      try db.run(
        """
        UPDATE entry SET status = ?, quarantined_as = number + ?, refusal = ?, refused_change = ?,
          received_at = ? WHERE number >= ? AND number < ?
        """,
        [
          .integer(status.rawValue),
          .integer(first.isQuarantined || first.isHeld ? Int64(bitPattern: first.entry &- row) : nil),
          .integer(first.refusal.map { Int64($0.code.rawValue) }),
          .integer(first.refusal.map { Int64($0.change) }), .integer(first.receivedAt),
          .bits(row), .bits(row + UInt64(run.count)),
        ])
    }
  }

  private func settle(
    _ own: OwnChange, _ verdict: EntryVerdict, _ seal: Seal, _ staged: inout Staged, _ db: Database
  ) throws {
    let header = own.change.header
    var replica = try takeOrNew(header.record, &staged, db)
    defer { staged.replicas[header.record] = replica }
    let isAccepted = verdict.refusal == nil
    if replica.isConfirmed(header.id) {
      replica.settle(header.id)
    } else {
      let accepted = isAccepted ? try accepted(own, verdict, seal, in: replica) : nil
      let head = RecordSnapshot.Head(
        id: header.id, digest: own.digest, receivedAt: verdict.receivedAt, isAccepted: isAccepted, seal: seal)
      try replica.confirm(header, accepted, head: head, isOwn: true)
      // The server counts that the device which created a record holds it.
      if isAccepted, header.creates != nil, replica.generation == 0 { replica.generation = 1 }
    }
    try stamp(own.row, isAccepted: isAccepted, verdict.receivedAt, seal, db)
  }

  /// An own change as the server took it in; what waits for it in memory need not be decoded again.
  private func accepted(
    _ own: OwnChange, _ verdict: EntryVerdict, _ seal: Seal, in replica: Replica
  ) throws -> Change {
    guard let pending = replica.pending.first(where: { $0.header.id == own.change.header.id }) else {
      return try own.change.decoded(receivedAt: verdict.receivedAt, seal: seal)
    }
    return Change(
      context: pending.change.context.received(at: verdict.receivedAt, seal: seal),
      operations: pending.change.operations)
  }

  func stamp(_ row: Int64, isAccepted: Bool, _ receivedAt: Int64, _ seal: Seal, _ db: Database) throws {
    try db.run(
      "UPDATE change SET status = ?, received_at = ?, epoch = ?, sealed = ?, mac = ? WHERE id = ?",
      [
        .integer((isAccepted ? ReplicaSchema.Status.accepted : .void).rawValue), .integer(receivedAt),
        .blob(seal.epoch), .bits(seal.sealedPosition), .blob(seal.mac), .integer(row),
      ])
  }
}
