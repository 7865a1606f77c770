import CRDT
import CaseModel
import WireProtocol

@testable import Replication

/// A device that reads and writes nothing: what it holds is put together from what it was sent, by the
/// rules of the page alone.
struct Witness {
  /// A record as the device has it.
  struct Held {
    let generation: UInt64
    /// With which delivery it entered, and in which session.
    let entered: UInt64
    /// The number of each actor's last change.
    var heads: [ActorID: UInt64]
  }

  var terminal: Terminal
  private(set) var held: [Identifier: Held] = [:]
  private var exited: [Identifier: UInt64] = [:]
  /// The number of the last delivery that it stored.
  private var stored: UInt64 = 0
  private(set) var problems: [String] = []

  init(_ resident: Resident) { terminal = Terminal(resident) }

  var person: Identifier { terminal.resident.person }

  /// Begins a session, and follows.
  mutating func connect(
    to town: inout Town, fromCursor: Bool, using random: inout SplitMix64,
    _ body: (inout Town, [TenantMachine.Action]) -> Void
  ) throws {
    _ = try terminal.connect(to: &town, fromCursor: fromCursor, using: &random)
    try town.commit(body)
    try hear(&town)
    guard terminal.isWelcome else { return }
    if stored < terminal.known { terminal.forgetCursor() }
    let isFresh = terminal.cursor.isEmpty
    let unknown = held.filter { isFresh || stored > terminal.known && $0.value.entered > terminal.known }
    stored = terminal.known
    let listed = unknown.map { HeldRecord(record: $0.key, generation: $0.value.generation) }
    try terminal.list(listed.sorted { $0.record < $1.record }, to: &town)
    try terminal.follow(&town)
    try town.commit(body)
    try hear(&town)
  }

  /// Takes in what the server said.
  mutating func hear(_ town: inout Town) throws {
    for message in try terminal.hear(&town) {
      switch message.body {
      case .delivery(let delivery)?: try take(delivery, epoch: town.tenant.epoch)
      case .order(let order)?:
        if case .exit(let exit)? = try WireOrderBody(serializedBytes: order.body).order {
          try HeldRecord.list(exit.records).forEach { wipe($0) }
        }
      case .failure(let failure)? where failure.fatal:
        problems.append("the session ended with \(ErrorCode(rawValue: failure.code).name)")
      default: break
      }
    }
  }

  private mutating func wipe(_ exit: HeldRecord) {
    exited[exit.record] = max(exited[exit.record] ?? 0, exit.generation)
    if let here = held[exit.record], here.generation <= exit.generation { held[exit.record] = nil }
  }

  private mutating func take(_ delivery: WireDelivery, epoch: Identifier) throws {
    for enter in try delivery.allEnters() {
      let snapshot = try RecordSnapshot(encoded: Array(enter.state))
      let id = snapshot.record
      guard enter.generation >= held[id]?.generation ?? 0, enter.generation > exited[id] ?? 0 else {
        continue
      }
      held[id] = Held(
        generation: enter.generation, entered: delivery.number,
        heads: snapshot.heads.mapValues(\.id.number))
    }
    for change in try ChangeUnpacker.delivered(Array(delivery.changes), epoch: epoch) {
      let id = change.header.id
      guard let last = held[change.header.record]?.heads[id.actor, default: 0] else {
        problems.append("a change came of what is not held")
        continue
      }
      if id.number > last + 1 { problems.append("a change left a gap") }
      if id.number == last + 1 { held[change.header.record]?.heads[id.actor] = id.number }
    }
    stored = delivery.number
  }

  /// What is wrong once nothing moves any more.
  func problems(in town: Town) -> [String] {
    guard terminal.isWelcome else { return [] }
    var found: [String] = []
    let readable = town.readable(by: person)
    for id in readable where held[id] == nil { found.append("\(id) did not come") }
    for (id, held) in held {
      if !readable.contains(id) { found.append("\(id) is still held") }
      if held.heads != town.store.records[id]?.heads.mapValues(\.id.number) {
        found.append("\(id) is not as the server has it")
      }
    }
    return found
  }
}

/// Whether a message of the server holds anything that its receiver may not read at that instant.
enum Allowance {
  /// What it holds and may not be read.
  static func excess(of message: WireServerMessage, to person: Identifier, in town: Town) throws
    -> [Identifier]
  {
    try records(in: message, epoch: town.tenant.epoch).filter { !town.mayRead(person, $0) }
  }

  private static func records(in message: WireServerMessage, epoch: Identifier) throws -> [Identifier] {
    switch message.body {
    case .delivery(let delivery)?:
      let entered = try delivery.allEnters().map { try RecordSnapshot(encoded: Array($0.state)).record }
      let changed = try ChangeUnpacker.delivered(Array(delivery.changes), epoch: epoch)
      return entered + changed.map(\.header.record)
    case .history(let page)?:
      return try ChangeUnpacker.delivered(Array(page.changes), epoch: epoch).map(\.header.record)
    case .chunk(let chunk)?: return [Identifier(bytes: chunk.attachment)].compactMap { $0 }
    case .availability(let availability)?:
      return availability.attachments.compactMap { Identifier(bytes: $0) }
    default: return []
    }
  }
}
