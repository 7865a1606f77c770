import CRDT
import GRDB
public import Replication
import WireProtocol

extension ReplicaStore {
  /// Takes in the server's verdicts on own entries, in one transaction: an accepted change moves into the
  /// confirmed state, a refused one out of what is shown.
  ///
  /// A verdict that was taken in before changes nothing.
  ///
  /// - Parameter cursor: when there is one, everything up to these verdicts was delivered.
  /// - Throws: `StorageError`, and then nothing is stored: `unknownEntry` for an entry that was not written
  ///   here, whose turn it is not, or that has another number of changes; `gap` and `notReady` when the
  ///   confirmed state lacks what an accepted change stands on.
  public func apply(verdicts: [EntryVerdict], cursor: [UInt8]? = nil) throws -> AppliedVerdicts {
    try writing { db, staged in
      var applied = AppliedVerdicts()
      for verdict in verdicts { try apply(verdict, &applied, &staged, db) }
      if let cursor { try stage(&staged, db) { $0.cursor = cursor } }
      return applied
    }
  }

  /// Changes the meta values that the transaction will store.
  func stage(_ staged: inout Staged, _ db: Database, _ body: (inout ReplicaMeta) -> Void) throws {
    var meta = try staged.meta ?? meta(db)
    body(&meta)
    staged.meta = meta
  }

  private func apply(
    _ verdict: EntryVerdict, _ applied: inout AppliedVerdicts, _ staged: inout Staged, _ db: Database
  ) throws {
    let found = try db.first(
      "SELECT status, written_at FROM entry WHERE number = ?", [.bits(verdict.entry)]
    ) { (try $0.integer(0), try $0.integer(1)) }
    guard let (status, writtenAt) = found else { throw StorageError(.unknownEntry) }
    guard status == ReplicaSchema.Status.pending.rawValue else { return }
    let next = try db.first("SELECT min(number) FROM entry WHERE status = 0") { try $0.unsigned(0) }
    let changes = try entryChanges(verdict.entry, db)
    guard next == verdict.entry, changes.count == verdict.seals.count else {
      throw StorageError(.unknownEntry)
    }
    for (change, seal) in zip(changes, verdict.seals) {
      try settle(change, verdict, seal, &staged, db)
      applied.records.insert(change.change.header.record)
    }
    let isAccepted = verdict.refusal == nil
    try db.run(
      "UPDATE entry SET status = ?, refusal = ?, refused_change = ?, received_at = ? WHERE number = ?",
      [
        .integer((isAccepted ? ReplicaSchema.Status.accepted : .void).rawValue),
        .integer(verdict.refusal.map { Int64($0.code.rawValue) }),
        .integer(verdict.refusal.map { Int64($0.change) }), .integer(verdict.receivedAt),
        .bits(verdict.entry),
      ])
    guard let refusal = verdict.refusal else { return applied.accepted.append(verdict.entry) }
    applied.refused.append(
      RefusedEntry(
        entry: JournalEntry(number: verdict.entry, changes: changes.map(\.change)), refusal: refusal,
        writtenAt: writtenAt, receivedAt: verdict.receivedAt))
  }

  private func settle(
    _ own: OwnChange, _ verdict: EntryVerdict, _ seal: Seal, _ staged: inout Staged, _ db: Database
  ) throws {
    let header = own.change.header
    var replica = try replicaOrNew(header.record, &staged, db)
    let isAccepted = verdict.refusal == nil
    if replica.isConfirmed(header.id) {
      replica.settle(header.id)
    } else {
      let accepted = isAccepted ? try own.change.decoded(receivedAt: verdict.receivedAt, seal: seal) : nil
      let head = RecordSnapshot.Head(
        id: header.id, digest: own.digest, receivedAt: verdict.receivedAt, isAccepted: isAccepted, seal: seal)
      try replica.confirm(header, accepted, head: head)
      // The server counts that the device which created a record holds it.
      if isAccepted, header.creates != nil, replica.generation == 0 { replica.generation = 1 }
    }
    staged.replicas[header.record] = replica
    try stamp(own.row, isAccepted: isAccepted, verdict.receivedAt, seal, db)
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
