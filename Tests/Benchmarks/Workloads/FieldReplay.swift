import CRDT
import Replication
import WireProtocol

/// The `fields` workload without a network or a disk: every update is one change, with all that a change has
/// before it is stored (random bytes, header, payload, chain).
struct FieldReplay {
  private let tenant = Identifier(randomHigh: .random(in: 0 ... .max), randomLow: .random(in: 0 ... .max))
  private let account = Identifier(randomHigh: .random(in: 0 ... .max), randomLow: .random(in: 0 ... .max))
  private let actor = ActorID(rawValue: .random(in: 1 ... .max))
  private let records = (0..<FieldUpdates.records).map { _ in
    Identifier(randomHigh: .random(in: 0 ... .max), randomLow: .random(in: 0 ... .max))
  }

  /// Writes every update into its record.
  func edit() throws -> (states: [RecordState], changes: [EncodedChange]) {
    var states: [RecordState] = []
    var changes: [EncodedChange] = []
    changes.reserveCapacity(FieldUpdates.total)
    for (index, record) in records.enumerated() {
      var state = RecordState()
      var digest = Chain.start(tenant: tenant, record: record, actor: actor)
      for update in 0..<FieldUpdates.updatesPerRecord {
        let change = change(record, index, update, after: state.version)
        digest = change.digest(after: digest)
        state.apply(try change.decoded())
        changes.append(change)
      }
      states.append(state)
    }
    return (states, changes)
  }

  private func change(
    _ record: Identifier, _ index: Int, _ update: Int, after version: VersionVector
  ) -> EncodedChange {
    let value = FieldUpdates.value(record: index, update: update)
    let payload = Payload(
      salt: Identifier(randomHigh: .random(in: 0 ... .max), randomLow: .random(in: 0 ... .max)),
      operations: [Operation(field: FieldUpdates.field(update).id, action: .assign(.text(value)))])
    let header = ChangeHeader(
      record: record, id: ChangeID(actor: actor, number: UInt64(update + 1)), author: account,
      writtenAt: 1_600_000_000_000 + Int64(update), version: version)
    return EncodedChange(header: header, payload: payload.encoded)
  }

  /// The changes as they travel, `count` of one record together.
  func packed(_ changes: [EncodedChange], by count: Int) -> [[UInt8]] {
    stride(from: 0, to: changes.count, by: count).map { start in
      var packer = ChangePacker()
      for change in changes[start..<start + count] { packer.append(change) }
      return packer.encoded
    }
  }

  /// Decodes what travelled, chains it, and merges it into fresh replicas.
  func merge(_ messages: [[UInt8]]) throws -> [RecordState] {
    var states: [Identifier: (state: RecordState, digest: Digest)] = [:]
    for message in messages {
      for change in try ChangeUnpacker.changes(message) {
        let record = change.header.record
        let start = { (RecordState(), Chain.start(tenant: tenant, record: record, actor: actor)) }
        var (state, digest) = states.removeValue(forKey: record) ?? start()
        digest = change.digest(after: digest)
        state.apply(try change.decoded())
        states[record] = (state, digest)
      }
    }
    return records.compactMap { states[$0]?.state }
  }

  /// The bytes of the push messages that carry the changes, as a client makes them.
  func pushBytes(_ changes: [EncodedChange]) throws -> Int {
    try stride(from: 0, to: changes.count, by: Limits.pushEntries).reduce(0) { sum, start in
      let end = min(start + Limits.pushEntries, changes.count)
      let entries = (start..<end).map { JournalEntry(number: UInt64($0 + 1), changes: [changes[$0]]) }
      let push = Push(entries: entries, signature: Array(repeating: 0, count: 64))
      let bytes: [UInt8] = try WireClientMessage.with { $0.push = push.message }.serializedBytes()
      return sum + bytes.count
    }
  }
}
