import CRDT
import CaseModel
@testable import Replication
import WireProtocol

@testable import Storage

/// A replica and a server's log in memory, with another device that writes there too.
final class ReplicaFixture {
  let directory: TemporaryDirectory
  var store: ReplicaStore
  /// What the store is sealed with.
  let seal: StoreSeal
  var server: ModelServer
  var random: SeededGenerator
  let actor: ActorID
  let other: ActorID
  let account: Identifier
  let caseID: Identifier
  /// What the server sends next.
  private(set) var deliveries: UInt64 = 0

  init(seed: UInt64, seal: StoreSeal? = nil) throws {
    self.seal = try seal ?? StoreSeal(.generated())
    directory = try TemporaryDirectory()
    server = ModelServer(seed: seed)
    random = SeededGenerator(seed: seed &+ 5)
    actor = ActorID(rawValue: random.next() | 1 << 63)
    other = ActorID(rawValue: random.next())
    account = random.identifier()
    caseID = random.identifier()
    store = try ReplicaStore.create(
      home: directory.path("home"),
      meta: ReplicaMeta(
        tenant: server.tenant.id, tenantName: "Testkommune", tenantKey: Array(repeating: 1, count: 32),
        account: account, person: random.identifier(), personName: RandomWriter.canary, role: .coreTeam,
        aliases: [random.identifier(), random.identifier()], actor: actor, serverURL: "ws://localhost:1",
        epoch: server.tenant.epoch), seal: self.seal)
  }

  var home: String { directory.path("home") }

  func reopen() throws {
    try store.close()
    store = try ReplicaStore(home: home, seal: seal)
  }

  /// The device was copied, or comes into a new epoch: it goes on under another actor, and writes what waits
  /// again.
  func succeed(in epoch: Identifier? = nil) throws {
    let successor = ActorID(rawValue: random.next())
    store.successor = { _ in successor }
    try store.updateMeta { $0.successorSalt = [1] }
    try store.heal(
      Healed(
        succession: [1], epoch: epoch ?? server.tenant.epoch, accepted: [:], stamps: [:], judged: [:],
        branches: Branches(), unproved: Branches(), branched: [], originals: [:], isWhole: true,
        counts: Healed.Counts()), at: 8)
  }

  func draft(_ id: Identifier, isNew: Bool, operations: [Operation]) -> RecordDraft {
    RecordDraft(
      id: id, kind: .note, caseID: caseID, about: [caseID], informationType: .social, isNew: isNew,
      operations: operations)
  }

  func operation() -> Operation {
    let number = Int64.random(in: 0..<50, using: &random)
    let field = FieldID(rawValue: UInt32.random(in: 1...4, using: &random))
    let text = Value.text("\(RandomWriter.canary) \(number)")
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return Operation(field: field, action: .add(.integer(number)))
    case 1: return Operation(field: field, action: .remove(.integer(number)))
    default: return Operation(field: field, action: .assign(text))
    }
  }

  @discardableResult
  func write(_ acts: [[RecordDraft]], at now: Int64 = 1_000) throws -> [LinkedEntry] {
    try store.write(acts, at: now) { random.identifier() }
  }

  /// The server's other device writes in records that it knows.
  func writeElsewhere(_ id: Identifier, refused: Bool = false) -> DeliveredChange {
    let snapshot = server.records[id]
    let isNew = snapshot?.facts == nil
    var version = snapshot?.state.version ?? VersionVector()
    if !isNew, random.oneIn(2) {
      // It saw only its own work and the creation.
      var seen = VersionVector()
      for head in snapshot?.heads.values ?? [:].values where head.id.actor == other { seen.insert(head.id) }
      version = seen
    }
    let header = ChangeHeader(
      record: id, id: ChangeID(actor: other, number: (snapshot?.state.version[other] ?? 0) + 1),
      author: Identifier(high: 4, low: 4), writtenAt: Int64.random(in: 0..<2_000_000_000_000, using: &random),
      version: version,
      creates: isNew
        ? RecordFacts(
          tenant: server.tenant.id, caseID: caseID, kind: RecordKind.note.rawValue, created: 1,
          about: [caseID]) : nil)
    let change = EncodedChange(
      header: header, payload: Payload(salt: random.identifier(), operations: [operation()]).encoded)
    var group = server.newGroup()
    server.judge([change], of: other, refusing: refused ? .forbidden : nil, into: &group)
    return group.changes[0].delivered
  }

  func delivery(enters: [ReceivedDelivery.Enter] = [], changes: [DeliveredChange] = []) -> ReceivedDelivery {
    deliveries += 1
    return ReceivedDelivery(
      number: deliveries, enters: enters, changes: changes, cursor: [UInt8(truncatingIfNeeded: deliveries)])
  }

  func enter(_ id: Identifier, generation: UInt64 = 1) throws -> ReceivedDelivery.Enter {
    guard let snapshot = server.records[id] else { throw StorageError(.unknownRecord) }
    // Through its encoding, as it comes over the wire.
    return ReceivedDelivery.Enter(
      generation: generation, snapshot: try RecordSnapshot(encoded: snapshot.encoded))
  }
}
