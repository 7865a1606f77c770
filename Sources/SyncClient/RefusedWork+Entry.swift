import CRDT
import CaseModel
import Storage

extension RefusedWork {
  /// What an entry was, as far as its parts are known in the store.
  ///
  /// - Parameter isShown: whether its texts may be shown.
  init(_ entry: RefusedEntry, in store: ReplicaStore, isShown: Bool = true) throws {
    let change = entry.entry.changes.first { $0.header.record == entry.record }
    let kind = try change.flatMap { try store.kind(of: $0) } ?? store.record(entry.record)?.kind
    self.init(
      record: entry.record, kind: kind, code: entry.refusal.code.name, at: entry.writtenAt,
      texts: isShown ? store.texts(of: entry.entry.changes) : [],
      isSealed: change == nil, reason: entry.reason?.name)
  }
}
