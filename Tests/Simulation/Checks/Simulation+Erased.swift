import CRDT
import Replication
import Storage
import WireProtocol

/// What two persons have erased is nowhere any more.
extension Simulation {
  /// The server has neither the key nor the words, whatever ended its process in between.
  func checkErased(_ store: ServerStore) throws {
    for record in oracle.created.sorted() where store.isErased(record) {
      guard oracle.readers.erased.contains(record) else {
        throw Violation(.durability, "\(record) is erased, and two persons did not say so")
      }
    }
    for record in oracle.readers.erased.sorted() {
      guard store.isErased(record) else {
        throw Violation(.access, "the server still has the key of \(record), which was erased")
      }
      if let state = try? store.record(record)?.state, !state.fields.isEmpty {
        throw Violation(.access, "the server still reads \(record), which was erased")
      }
      if let change = try? store.changes(of: record, after: 0).first(where: { $0.payload?.isEmpty == false })
      {
        throw Violation(.access, "the server still reads \(change.header.id) of \(record), which was erased")
      }
      if let stored = try? store.attachment(record), stored.stored > 0 {
        throw Violation(.access, "the server still has bytes of \(record), which was erased")
      }
    }
  }
}
