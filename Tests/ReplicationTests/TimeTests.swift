import CRDT
import CaseModel
import Replication
import Testing
import WireProtocol

/// Rights that begin and end at an instant at which nobody writes anything.
@Suite struct TimeTests {
  private static let hour: Int64 = 3_600_000

  /// A house, somebody who takes part in its case from an instant on, for an hour, and that instant.
  private func house() throws -> (house: House, station: Workstation, from: Int64) {
    let house = try House()
    let exchange = house.exchange
    let station = try exchange.newcomer("Ulla", as: .coreTeam)
    let from = exchange.server.now + Self.hour
    try exchange.write(
      [
        CaseWork.participant(
          id: exchange.identifier(), in: house.caseID, person: station.person, role: .coreTeam, from: from,
          until: from + Self.hour)
      ], at: house.leader)
    try exchange.write([house.note("before")], at: house.leader)
    try exchange.sync(house.leader)
    return (house, station, from)
  }

  private func notes(_ station: Workstation) -> Set<String> { Set(station.texts(.note, Field.Note.text)) }

  @Test func whoIsConnectedIsSentTheCaseWhenTheTimeComesAndWipesItWhenItIsOver() throws {
    let (house, station, from) = try house()
    let exchange = house.exchange
    try exchange.connect(station)
    exchange.run()
    #expect(notes(station).isEmpty && exchange.server.nextChange == from)
    exchange.server.pass(until: from - 1)
    exchange.run()
    #expect(notes(station).isEmpty)
    exchange.server.pass(until: from)
    exchange.run()
    #expect(notes(station) == ["before"] && exchange.server.nextChange == from + Self.hour)
    exchange.server.pass(until: from + Self.hour)
    exchange.run()
    try exchange.write([house.note("after")], at: house.leader)
    try exchange.sync(house.leader)
    exchange.run()
    #expect(notes(station).isEmpty && exchange.server.nextChange == nil)
    #expect(station.faults.isEmpty)
  }

  /// Its cursor lies behind everything: nothing moved since.
  @Test func whoWasNotConnectedThenIsSentTheCaseAfterwards() throws {
    let (house, station, from) = try house()
    let exchange = house.exchange
    try exchange.sync(station)
    #expect(notes(station).isEmpty)
    exchange.server.now = from + 1_000
    #expect(try exchange.sync(station).contains("> follow from cursor"))
    #expect(notes(station) == ["before"])
    // Once more brings nothing twice.
    #expect(try !exchange.sync(station).contains { $0.contains("enters 1") })
    #expect(station.faults.isEmpty)
  }
}
