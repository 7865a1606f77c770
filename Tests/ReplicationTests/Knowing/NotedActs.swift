import CRDT
import WireProtocol

@testable import Replication

/// What the log of what was delivered said before each message of a town's server was sent.
struct NotedActs {
  private struct Key: Hashable {
    let device: ActorID
    let act: DeliveredAct
  }

  private var acts: Set<Key> = []
  private var fetches: [Key: UInt64] = [:]
  /// How many rows there are.
  private(set) var count = 0

  mutating func take(_ rows: [DeliveredRow]) {
    for row in rows {
      count += 1
      if case .attachmentBytes(let record, let bytes) = row.event.act {
        let key = Key(device: row.agent.device, act: .historyRead(record: record))
        fetches[key] = min(fetches[key] ?? bytes.lowerBound, bytes.lowerBound)
      } else {
        acts.insert(Key(device: row.agent.device, act: row.event.act))
      }
    }
  }

  /// What of a message has no row.
  func missing(of message: WireServerMessage, to device: ActorID, epoch: Identifier) throws -> [String] {
    func has(_ act: DeliveredAct) -> Bool { acts.contains(Key(device: device, act: act)) }
    switch message.body {
    case .delivery(let delivery)?:
      return try delivery.allEnters().filter { enter in
        let record = try RecordSnapshot(encoded: Array(enter.state)).record
        return !has(.enter(record: record, generation: enter.generation))
      }.map { _ in "an enter" }
    case .history(let page)?:
      let records = Set(
        try ChangeUnpacker.delivered(Array(page.changes), epoch: epoch).map(\.header.record))
      return records.filter { !has(.historyRead(record: $0)) }.map { _ in "a history" }
    case .chunk(let chunk)?:
      guard let record = Identifier(bytes: Array(chunk.attachment)) else { return [] }
      let first = fetches[Key(device: device, act: .historyRead(record: record))]
      return first.map { $0 <= chunk.offset } ?? false ? [] : ["bytes of an attachment"]
    case .order(let order)?:
      guard case .exit(let exit)? = try WireOrderBody(serializedBytes: order.body).order else { return [] }
      return try HeldRecord.list(exit.records).filter {
        !has(.exit(record: $0.record, generation: max($0.generation, 1)))
      }.map { _ in "an exit" }
    default: return []
    }
  }
}
