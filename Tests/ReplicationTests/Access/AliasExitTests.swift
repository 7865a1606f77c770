import CRDT
import CaseModel
import Replication
import Testing
import WireProtocol

/// What lies under an alias is read by right of a part in the case, and leaves with it (found by
/// `AllowanceTests`, seeds 16 and 21).
@Suite struct AliasExitTests {
  private static let canary = "seen on the playground"

  @Test(arguments: [Role.externalReporter, .familyCoordinator])
  func whatLiesUnderAnAliasIsWipedWithThePart(role: Role) throws {
    let house = try House()
    let exchange = house.exchange
    let reporter = try exchange.newcomer("Rikke", as: .externalReporter)
    let alias = exchange.identifier()
    try exchange.write(
      [
        CaseWork.participant(
          id: exchange.identifier(), in: house.caseID, person: reporter.person, role: .externalReporter,
          alias: alias)
      ], at: house.leader)
    for station in [house.leader, reporter] { try exchange.sync(station) }
    try exchange.write(
      [
        CaseWork.externalUpdate(
          id: exchange.identifier(), alias: alias, text: Self.canary, urgency: "normal", on: house.day)
      ], at: reporter)
    for station in [reporter, house.coordinator] { try exchange.sync(station) }
    let station = role == .externalReporter ? reporter : house.coordinator
    #expect(station.texts(.externalUpdate, Field.ExternalUpdate.text) == [Self.canary])
    let part = try #require(
      house.leader.replica.records.first { Participation($0)?.person == station.person })
    try exchange.write([CaseWork.end(participant: part, on: house.day)], at: house.leader)
    try exchange.sync(house.leader)
    try exchange.sync(station)
    #expect(station.texts(.externalUpdate, Field.ExternalUpdate.text).isEmpty)
    #expect(!station.replica.snapshots.values.contains { $0.facts?.caseID == alias })
    #expect(exchange.server.store.exits(of: station.actor).isEmpty && station.faults.isEmpty)
  }
}
