import CRDT
import CaseModel
import Storage
import WireProtocol

extension RefusedWork {
  /// What an entry was, as far as its parts are known in the store.
  ///
  /// - Parameter isShown: whether its texts may be shown.
  init(_ entry: RefusedEntry, in store: ReplicaStore, isShown: Bool = true) throws {
    let change = entry.entry.changes.first { $0.header.record == entry.record }
    let kind = try change?.header.creates?.kind ?? store.record(entry.record)?.kind.rawValue
    self.init(
      record: entry.record, kind: kind.map(RecordKind.init(rawValue:)), code: entry.refusal.code.name,
      at: entry.writtenAt, texts: isShown ? entry.entry.changes.flatMap(\.texts) : [],
      isSealed: change == nil, reason: entry.reason?.name)
  }
}

extension EncodedChange {
  /// The texts that it writes.
  var texts: [String] {
    let operations = (try? Payload(encoded: payload).operations) ?? []
    return operations.compactMap { operation in
      switch operation.action {
      case .assign(.text(let text)): return text
      case .edit(let edit): return edit.text.isEmpty ? nil : edit.text
      default: return nil
      }
    }
  }
}
