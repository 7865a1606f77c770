import CRDT
import CaseModel
import Testing
import WireProtocol

@testable import Replication

/// What a device can still find out of what it may not read. Each is held to what `Deploy/THREAT_MODEL.md`
/// says of it: should one be mended, its test fails, and the page is to be changed.
@Suite struct AccessResidueTests {
  /// Ids are random; whoever can name one has been told of it.
  @Test func aNameThatIsTakenTellsThatItIs() throws {
    let house = try House()
    let exchange = house.exchange
    let outsider = try exchange.newcomer("Udenfor", as: .coreTeam)
    try exchange.write([CaseWork.person(id: exchange.identifier(), name: "free")], at: outsider)
    try exchange.write([CaseWork.person(id: house.assessment, name: "taken")], at: outsider)
    #expect(try exchange.sync(outsider).contains { $0.hasPrefix("< verdicts 1-2, 2 NOT_AVAILABLE") })
  }

  /// A device that has what it may not have must wipe it, and the server does not know what a device has
  /// that was put back.
  @Test func whatIsListedAsHeldIsOrderedToBeWiped() throws {
    let house = try House()
    let exchange = house.exchange
    for (id, exits) in [(house.assessment, 1), (exchange.identifier(), 0)] {
      let outsider = try exchange.newcomer("Udenfor", as: .coreTeam)
      let peer = try Peer.welcomed(exchange, as: outsider)
      let held = HeldRecord(record: id, generation: 1)
      _ = try peer.say { $0.holdings.records = [held.message] }
      let lines = try peer.say { $0.follow.cursor = .init() }
      #expect(lines.count { $0 == "< exit 1" } == exits)
      exchange.server.closed(peer.connection)
    }
  }

  /// What a store reads when it is opened: who has a part in a case that something governs since, and not
  /// whether that gave her anything.
  @Test func aRestartedServerSendsAgain() throws {
    var town = try Town(seed: 1)
    var life = try TownLife(seed: 1)
    var mother = Witness(town.residents[Place.mother])
    try mother.connect(to: &town, fromCursor: true, using: &life.random) { _, _ in }
    try mother.terminal.confirm(&town)
    try town.commit()
    let note = try #require(
      town.notes(in: town.cases[0]).first { town.mayRead(mother.person, $0) }.flatMap(town.caseRecord))
    var draft = RecordDraft.change(note)
    draft.write(Field.Note.title, "new")
    #expect(try town.write([draft], by: Place.core, using: &life.random))
    try mother.hear(&town)
    let withholding = CaseWork.withhold(
      id: life.random.identifier(), in: town.cases[0], from: town.residents[Place.father].person,
      about: town.children)
    #expect(try town.write([withholding], by: Place.coordinator, using: &life.random))
    let isSeen = town.mayRead(mother.person, withholding.id)
    #expect(!isSeen)
    // While the server runs nothing comes of it at the next session.
    var (same, unchanged) = (mother, town)
    #expect(try changes(to: &same, in: &unchanged, &life) == 0)
    let machine = town.machine
    town.machine = TenantMachine(
      directory: machine.directory, governing: machine.governing, position: machine.position,
      logDigest: machine.logDigest, accessChangedAt: [mother.person: machine.position])
    #expect(try changes(to: &mother, in: &town, &life) == 1)
  }

  /// How many changes come in a session that goes on from a cursor.
  private func changes(to witness: inout Witness, in town: inout Town, _ life: inout TownLife) throws -> Int {
    let epoch = town.tenant.epoch
    var count = 0
    _ = try witness.terminal.hear(&town)
    try witness.connect(to: &town, fromCursor: true, using: &life.random) { _, actions in
      for case .send(_, let message) in actions {
        guard case .delivery(let delivery) = message.body else { continue }
        count += (try? ChangeUnpacker.delivered(Array(delivery.changes), epoch: epoch).count) ?? 0
      }
    }
    return count
  }
}
