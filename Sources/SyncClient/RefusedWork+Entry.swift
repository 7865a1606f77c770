import CRDT
import CaseModel
import Storage
import WireProtocol

extension RefusedWork {
  /// What a refused entry was, as far as its parts are known in the store.
  init(_ entry: RefusedEntry, in store: ReplicaStore) throws {
    let index = min(Int(entry.refusal.change), entry.entry.changes.count - 1)
    let change = entry.entry.changes[max(0, index)]
    let kind = try change.header.creates?.kind ?? store.record(change.header.record)?.kind.rawValue
    let texts = entry.entry.changes.flatMap { change -> [String] in
      let operations = (try? Payload(encoded: change.payload).operations) ?? []
      return operations.compactMap { operation in
        switch operation.action {
        case .assign(.text(let text)): return text
        case .edit(let edit): return edit.text.isEmpty ? nil : edit.text
        default: return nil
        }
      }
    }
    self.init(
      record: change.header.record, kind: kind.map(RecordKind.init(rawValue:)), code: entry.refusal.code.name,
      at: entry.writtenAt, texts: texts)
  }
}
