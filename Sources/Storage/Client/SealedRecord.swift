import CRDT
import WireProtocol

/// A record's row as it was read, its state sealed still. To open it takes the seal and nothing of the store,
/// so that many are opened side by side.
struct SealedRecord: Sendable {
  let id: Identifier
  let row: Int64
  let columns: Replica.Columns
  /// `nil` when nothing of it was confirmed yet.
  let content: SealedValue?
  let exit: Replica.Exit?

  /// The confirmed state.
  ///
  /// - Throws: `damaged`, naming the record, when what is stored is not what was.
  func snapshot(_ seal: StoreSeal) throws -> RecordSnapshot {
    guard let content else { return RecordSnapshot(record: id) }
    let opened = try StorageError.naming(id) { try seal.open(content, at: .snapshot(of: id)) }
    return try RecordSnapshot(encoded: opened)
  }
}
