import CRDT
public import CaseModel
import Storage

/// What this replica's person wrote last, in one act.
public struct OwnAct: Sendable {
  /// One record of it.
  public struct Part: Sendable {
    /// The record as it stands.
    public let record: CaseRecord
    /// Whether the act created it.
    public let isCreation: Bool
    /// What the act did to it; `nil` when another unsent act on the record hides what stood there.
    public let edits: [Reversal.Edit]?
  }

  /// When it was written, in milliseconds since 1970 by the clock of the device.
  public let writtenAt: Int64
  /// What it wrote to, in order of id.
  public let parts: [Part]
}

extension Replica {
  /// The last act of this replica's person of which something stands, with what stood there before. What the
  /// server has received is asked of it.
  ///
  /// - Returns: `nil` when nothing is here that she wrote.
  /// - Throws: `ReplicaError`: `offline` when the server has received the act and cannot be reached.
  public nonisolated(nonsending) func lastAct(
    passphrase: @escaping () throws -> String, timeout: Duration
  ) async throws -> OwnAct? {
    let written = try records().compactMap { record in
      Self.lastWritten(record, by: profile.account).map { (record: record, at: $0) }
    }
    guard let last = written.map(\.at).max() else { return nil }
    let records = written.filter { $0.at == last }.map(\.record).sorted { $0.id < $1.id }
    let isPending = try records.contains { try self.isPending($0.id) }
    let edits =
      try isPending
      ? pendingEdits(of: records, at: last)
      : await receivedEdits(of: records, at: last, passphrase: passphrase, timeout: timeout)
    return OwnAct(
      writtenAt: last,
      parts: records.map { record in
        OwnAct.Part(
          record: record, isCreation: record.created == last && record.creator == profile.person,
          edits: edits[record.id])
      })
  }

  /// When an account last wrote something of a record that still stands there.
  private static func lastWritten(_ record: CaseRecord, by account: Identifier) -> Int64? {
    let contexts = record.state.fields.values.joined().map(\.context)
    let operations = contexts.filter { $0.author == account && $0.origin == nil }.map(\.writtenAt)
    let texts = record.state.texts.values.flatMap(\.segments).map(\.authorship)
      .filter { $0.author == account }.map(\.writtenAt)
    return (operations + texts).max()
  }

  private nonisolated(nonsending) func receivedEdits(
    of records: [CaseRecord], at instant: Int64, passphrase: @escaping () throws -> String, timeout: Duration
  ) async throws -> [Identifier: [Reversal.Edit]] {
    let changes = try await changes(of: records.map(\.id), passphrase: passphrase, timeout: timeout)
    var edits: [Identifier: [Reversal.Edit]] = [:]
    for change in changes
    where change.writtenAt == instant && change.author == profile.personName && change.isAccepted {
      edits[change.record, default: []] += change.edits.map {
        Reversal.Edit(field: $0.field, before: $0.before, after: $0.after)
      }
    }
    return edits
  }

  /// What an act did that has no verdict yet, by what the server had confirmed before.
  private func pendingEdits(
    of records: [CaseRecord], at instant: Int64
  ) throws -> [Identifier: [Reversal.Edit]] {
    try attempt {
      var edits: [Identifier: [Reversal.Edit]] = [:]
      for record in records {
        let items = try store.history(of: record.id).filter { $0.status == .pending }
        guard items.allSatisfy({ $0.written.writtenAt == instant }) else { continue }
        let before = try store.snapshot(of: record.id)?.state ?? RecordState()
        let operations = items.compactMap(\.operations).joined()
        let keys = Set(operations.map { RecordState.Key(field: $0.field, kind: $0.kind) })
        edits[record.id] = keys.sorted().map { key in
          Reversal.Edit(
            field: key.field, before: Self.shown(before, key), after: Self.shown(record.state, key))
        }
      }
      return edits
    }
  }

  private static func shown(_ state: RecordState, _ key: RecordState.Key) -> [Value] {
    switch key.kind {
    case .text:
      let text = state.text(key.field)
      return text.count > 0 ? [.text(text.string)] : []
    case .set: return state.elements(key.field)
    default: return state.operations(key.field, key.kind).map(\.value)
    }
  }
}
