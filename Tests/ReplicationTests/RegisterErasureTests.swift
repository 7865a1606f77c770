import CRDT
import CaseModel
import Replication
import Testing
import WireProtocol

/// Somebody of the register is erased while devices hold her record, connected or not.
@Suite struct RegisterErasureTests {
  private static let canary = "canary-of-the-register"

  /// A house with a second leader, a person of the register whom all staff hold, and a proposal to erase her.
  private func house() throws -> (house: House, second: Workstation, person: Identifier, proposal: Identifier)
  {
    let house = try House()
    let exchange = house.exchange
    let second = try exchange.newcomer("Anden", as: .leader)
    let person = exchange.identifier()
    let proposal = exchange.identifier()
    try exchange.write([CaseWork.person(id: person, name: Self.canary)], at: house.coordinator)
    try exchange.sync(house.coordinator)
    try exchange.write(
      [CaseWork.eraseFromRegister(id: proposal, records: [person], ground: "left")], at: house.leader)
    for station in [house.leader, house.psychologist, second] { try exchange.sync(station) }
    #expect(house.psychologist.record(person) != nil && second.record(proposal) != nil)
    return (house, second, person, proposal)
  }

  private func confirm(_ proposal: Identifier, at station: Workstation, of house: House) throws {
    let record = try #require(station.record(proposal))
    try house.exchange.write([CaseWork.confirm(record, by: station.person)], at: station)
    try house.exchange.sync(station)
  }

  private func renamed(_ person: Identifier, at station: Workstation) throws -> RecordDraft {
    var draft = RecordDraft.change(try #require(station.record(person)))
    draft.write(Field.Person.title, "written at the kitchen table")
    return draft
  }

  @Test func whoIsConnectedWipesItAndSaysSo() throws {
    let (house, second, person, proposal) = try house()
    let station = house.psychologist
    try house.exchange.connect(station)
    house.exchange.run()
    _ = house.exchange.takeLines(station)
    try confirm(proposal, at: second, of: house)
    house.exchange.run()
    let lines = house.exchange.takeLines(station)
    let exit = try #require(lines.firstIndex { $0.hasPrefix("< exit") })
    let receipt = try #require(lines.firstIndex { $0.hasPrefix("> receipt") })
    #expect(exit < receipt)
    #expect(station.record(person) == nil && station.replica.snapshots[person] == nil)
    #expect(!house.exchange.server.store.wiped[station.actor, default: [:]].isEmpty)
    // Nothing but this record left, and who proposes and who wrote it lose it too.
    #expect(station.record(house.assessment) != nil)
    for other in [house.coordinator, house.leader, second] {
      try house.exchange.sync(other)
      #expect(other.record(person) == nil && other.record(proposal) != nil, "\(other.name)")
    }
    #expect(station.faults.isEmpty)
  }

  @Test func whoIsOfflineWipesItFirstAndTheWorkIsRefused() throws {
    let (house, second, person, proposal) = try house()
    let station = house.psychologist
    try house.exchange.write([renamed(person, at: station)], at: station)
    try confirm(proposal, at: second, of: house)
    let lines = try house.exchange.sync(station)
    #expect(lines.contains { $0.hasPrefix("< exit") } && lines.contains { $0.hasPrefix("> receipt") })
    #expect(Array(station.replica.refused.values) == [.erased])
    #expect(station.record(person) == nil)
    #expect(house.exchange.server.store.exits(of: station.actor).isEmpty)
    // Its journal goes on.
    try house.exchange.write([house.note("after")], at: station)
    try house.exchange.sync(station)
    #expect(station.replica.refused.count == 1)
    #expect(try !house.exchange.sync(station).contains { $0.hasPrefix("< exit") })
  }

  @Test func nobodyIsErasedWhileTakingPartOrWithAnAccount() throws {
    let (house, second, person, proposal) = try house()
    let exchange = house.exchange
    let part = exchange.identifier()
    try exchange.write(
      [CaseWork.participant(id: part, in: house.caseID, person: person, role: .coreTeam)], at: house.leader)
    try exchange.sync(house.leader)
    try confirm(proposal, at: second, of: house)
    #expect(Array(second.replica.refused.values) == [.forbidden])
    try exchange.sync(house.psychologist)
    #expect(house.psychologist.record(person) != nil)
    try exchange.write(
      [CaseWork.end(participant: try #require(house.leader.record(part)), on: house.day)], at: house.leader)
    try exchange.sync(house.leader)
    try exchange.sync(second)
    try confirm(proposal, at: second, of: house)
    try exchange.sync(house.psychologist)
    #expect(house.psychologist.record(person) == nil)
    // What was erased does not take part again.
    try exchange.write(
      [CaseWork.participant(id: exchange.identifier(), in: house.caseID, person: person, role: .coreTeam)],
      at: house.leader)
    try exchange.sync(house.leader)
    #expect(Array(house.leader.replica.refused.values) == [.forbidden])

    let own = exchange.identifier()
    try exchange.write(
      [CaseWork.eraseFromRegister(id: own, records: [house.coordinator.person], ground: "x")],
      at: house.leader)
    try exchange.sync(house.leader)
    try exchange.sync(second)
    try confirm(own, at: second, of: house)
    #expect(Array(second.replica.refused.values) == [.forbidden, .forbidden])
  }
}
