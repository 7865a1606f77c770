import CRDT
import CaseModel
import WireProtocol

/// A record's row as it was read, its state sealed still. To open it takes the seal and nothing of the store,
/// so that many are opened side by side.
struct SealedRecord: Sendable {
  /// What is shown of a record.
  enum Shown: Sendable {
    /// `nil`: nothing that counts created it.
    case whole(CaseRecord?)
    case underOwnChanges
  }

  let id: Identifier
  let row: Int64
  let columns: Replica.Columns
  /// `nil` when nothing of it was confirmed yet.
  let content: SealedValue?
  let exit: Replica.Exit?
  /// The number of the newest own change to it that is here; 0 when there is none.
  let newestOwn: UInt64

  /// The record as it was confirmed, without own changes.
  ///
  /// - Throws: `damaged`, naming the record, when what is stored is not what was.
  func replica(_ seal: StoreSeal) throws -> Replica {
    Replica(row: row, storedColumns: columns, snapshot: try snapshot(seal), pending: [], exit: exit)
  }

  /// The record as it is shown, unless own changes lie over it, which take the store to read.
  ///
  /// - Throws: as `replica`.
  func shown(_ seal: StoreSeal, _ meta: ReplicaMeta) throws -> Shown {
    let replica = try replica(seal)
    return hasOwnChanges(over: replica.snapshot, of: meta.actor)
      ? .underOwnChanges : .whole(replica.caseRecord(meta))
  }

  /// Whether there are own changes that the confirmed state may not contain.
  func hasOwnChanges(over snapshot: RecordSnapshot, of actor: ActorID) -> Bool {
    newestOwn > 0 && newestOwn > snapshot.heads[actor]?.id.number ?? 0
  }

  private func snapshot(_ seal: StoreSeal) throws -> RecordSnapshot {
    guard let content else { return RecordSnapshot(record: id) }
    let opened = try StorageError.naming(id) { try seal.open(content, at: .snapshot(of: id)) }
    let snapshot = try RecordSnapshot(encoded: opened)
    guard snapshot.record == id else { throw StorageError(.damaged, record: id) }
    return snapshot
  }
}
