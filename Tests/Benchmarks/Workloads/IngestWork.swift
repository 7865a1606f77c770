import CRDT
import CaseModel
import WireProtocol

/// Field updates for the server to take in: records one after the other, each created and then updated.
struct IngestWork {
  let records: Int

  /// Writes `FieldUpdates.updatesPerRecord` changes into each of the records, the creation among them.
  func write(into replica: MemoryReplica, _ facts: RecordFacts) {
    for index in 0..<records {
      let record = Identifier(randomHigh: .random(in: 0 ... .max), randomLow: .random(in: 0 ... .max))
      for update in 0..<FieldUpdates.updatesPerRecord {
        let value = FieldUpdates.value(record: index, update: update)
        replica.write(
          [Operation(field: FieldUpdates.field(update).id, action: .assign(.text(value)))], in: record,
          creates: update == 0 ? facts : nil, at: 1_600_000_000_000 + Int64(update))
      }
    }
  }
}
