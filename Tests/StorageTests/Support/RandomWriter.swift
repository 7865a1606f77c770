import CRDT
import CaseModel
import Replication
import WireProtocol

/// Writes changes at random, as several devices do that see each other's work late.
struct RandomWriter {
  /// Stands in every text that is written.
  static let canary = "Kanariefugl"

  var random: SeededGenerator
  let actors: [ActorID]
  let accounts: [Account]
  let cases: [Identifier]
  let aliases: [Identifier]
  private(set) var ids: [Identifier] = []
  private var seen: [ActorID: [Identifier: VersionVector]] = [:]

  init(seed: UInt64) {
    var random = SeededGenerator(seed: seed &+ 77)
    // The highest bit is set in some: numbers that are stored by their bits must come back.
    actors = (0..<4).map { _ in ActorID(rawValue: random.next()) }
    accounts = (0..<4).map { index in
      Account(
        id: random.identifier(), person: random.identifier(), personName: "\(Self.canary) \(index)",
        role: [.leader, .familyCoordinator, .coreTeam, .externalReporter][index])
    }
    cases = (0..<5).map { _ in random.identifier() }
    aliases = (0..<2).map { _ in random.identifier() }
    self.random = random
  }

  /// Writes one entry of 1–4 changes on the server's records and judges it; one in eight is refused.
  mutating func write(on server: inout ModelServer, into group: inout CommitGroup) {
    write(by: Int.random(in: 0..<actors.count, using: &random), on: &server, into: &group)
  }

  /// The same by one of the actors, at a time if one is given.
  mutating func write(
    by index: Int, on server: inout ModelServer, at time: Int64? = nil, into group: inout CommitGroup
  ) {
    var changes: [EncodedChange] = []
    var written: Set<Identifier> = []
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let change = change(by: index, on: server)
      // A second change of the same record would not know the first one's number.
      if written.insert(change.header.record).inserted { changes.append(change) }
    }
    let refusal: ErrorCode? = random.oneIn(8) ? .forbidden : nil
    server.judge(changes, of: actors[index], refusing: refusal, at: time, into: &group)
  }

  private mutating func change(by index: Int, on server: ModelServer) -> EncodedChange {
    let actor = actors[index]
    let existing = ids.randomElement(using: &random).flatMap { server.records[$0] }
    let snapshot = random.oneIn(6) ? nil : existing
    let id = snapshot?.record ?? random.identifier()
    if snapshot == nil { ids.append(id) }
    var version = seen[actor]?[id] ?? VersionVector()
    if let snapshot {
      if random.oneIn(2) { version = snapshot.state.version }
      version.insert(ChangeID(actor: actor, number: max(1, snapshot.state.version[actor])))
      version[setting: actor] = snapshot.state.version[actor]
    }
    seen[actor, default: [:]][id] = version
    let header = ChangeHeader(
      record: id, id: ChangeID(actor: actor, number: version[actor] + 1), author: accounts[index].id,
      writtenAt: Int64.random(in: 0..<2_000_000_000_000, using: &random), version: version,
      creates: snapshot?.facts == nil ? facts(server.tenant.id, id) : nil)
    let operations = (0..<Int.random(in: 0...3, using: &random)).map { _ in operation() }
    return EncodedChange(
      header: header, payload: Payload(salt: random.identifier(), operations: operations).encoded)
  }

  private mutating func facts(_ tenant: Identifier, _ id: Identifier) -> RecordFacts {
    let kinds: [(RecordKind, Identifier?)] = [
      (.note, cases.randomElement(using: &random)), (.participant, cases.randomElement(using: &random)),
      (.person, nil), (.externalUpdate, aliases.randomElement(using: &random)), (.case, id),
      (RecordKind(rawValue: 9_999), nil),
    ]
    let (kind, home) = kinds[Int.random(in: 0..<kinds.count, using: &random)]
    return RecordFacts(
      tenant: tenant, caseID: home, kind: kind.rawValue, created: 1_600_000_000_000, about: [id],
      informationType: 3)
  }

  private mutating func operation() -> Operation {
    let field = FieldID(rawValue: UInt32.random(in: 1...5, using: &random))
    let number = Int.random(in: 0..<20, using: &random)
    let value: Value = random.oneIn(3) ? .integer(Int64(number)) : .text("\(Self.canary) \(number)")
    let action: Operation.Action =
      switch Int.random(in: 0..<5, using: &random) {
      case 0: .add(value)
      case 1: .remove(value)
      case 2: .decide(value)
      default: .assign(value)
      }
    return Operation(field: field, action: action)
  }
}
