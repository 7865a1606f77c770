import CRDT
import CaseModel
import Storage
import WireProtocol

extension RefusedWork {
  /// What a refused entry was, as far as its parts are known in the store; `nil` when it is kept for the
  /// tenant alone, since its record left this device.
  ///
  /// - Parameter isShown: whether its texts may be shown.
  init?(_ entry: RefusedEntry, in store: ReplicaStore, isShown: Bool = true) throws {
    let changes = entry.entry.changes
    let index = Int(clamping: entry.refusal.change)
    guard let change = changes.indices.contains(index) ? changes[index] : changes.last else { return nil }
    let kind = try change.header.creates?.kind ?? store.record(change.header.record)?.kind.rawValue
    let texts = (isShown ? changes : []).flatMap { change -> [String] in
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
