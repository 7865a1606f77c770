public import CRDT
import CaseModel
import Replication
import Storage
import WireProtocol

/// What a record was before it was what it is: who changed it when, from which device, and what stood there.
extension Replica {
  /// Asks the server for all changes of records. What came as a state is here without them.
  ///
  /// - Parameters:
  ///   - records: records that are held here.
  ///   - timeout: how long the whole may take.
  /// - Returns: the changes of each record in the server's order, one record after the other; what has no
  ///   verdict yet is not among them.
  /// - Throws: `ReplicaError`: `offline`; `damaged` when what the server sent are not the changes that the
  ///   record here came from.
  public nonisolated(nonsending) func changes(
    of records: [Identifier], passphrase: @escaping () throws -> String, timeout: Duration
  ) async throws -> [RecordedChange] {
    guard !records.isEmpty else { return [] }
    let keys = try keys(passphrase)
    let lock = try attempt { try SessionLock(home: home) }
    defer { lock?.release() }
    var histories: [RecordHistory] = []
    var remaining = Set(records)
    var failure: ReplicaError? = ReplicaError(.offline("timed_out"))
    try await exchange(keys, timeout: timeout, wish: .histories(records)) { report in
      switch report {
      case .history(let history):
        histories.append(history)
        remaining.remove(history.record)
      case .noHistory(let record): remaining.remove(record)
      case .failed(let code): failure = ReplicaError(.refused(name: code.name))
      case .ended(let reason): failure = ReplicaError(.offline(reason))
      case .serverRecovers: failure = ReplicaError(.refused(name: ErrorCode.inRecovery.name))
      case .accessEnded: failure = ReplicaError(.refused(name: ErrorCode.accessEnded.name))
      case .revoked, .listed, .endedRecovery, .opened, .profileChanged, .upToDate, .changed, .refusedWork,
        .invited, .refused,
        .healed,
        .unconfirmed, .confirmed, .attachmentProgress, .fetchSettled, .bytesAvailable, .quarantine,
        .quarantineRefused, .quarantineWaiting, .knowing, .logs:
        break
      case .healing: failure = ReplicaError(.refused(name: ErrorCode.retry.name))
      }
      if remaining.isEmpty { failure = nil }
      return !remaining.isEmpty
    }
    if let failure { throw failure }
    return try attempt { try histories.flatMap { try checked($0) } }
  }

  private func checked(_ history: RecordHistory) throws -> [RecordedChange] {
    let tenant = try store.meta().tenant
    if let snapshot = try store.snapshot(of: history.record), !history.explains(snapshot, tenant: tenant) {
      throw StorageError(.chainMismatch, record: history.record)
    }
    return try history.lines().map { line in
      RecordedChange(
        record: history.record, author: try name(of: line.written.author),
        // The device of whoever brought it in says nothing of another's.
        device: line.written.author == line.header.author
          ? history.devices[line.header.id.actor]?.name : nil,
        writtenAt: line.written.writtenAt,
        receivedAt: line.receivedAt, isAccepted: line.isAccepted, isCreation: line.isCreation,
        edits: line.edits.map { edit in
          RecordedChange.Edit(field: edit.field.field, before: edit.before, after: edit.after)
        })
    }
  }
}
