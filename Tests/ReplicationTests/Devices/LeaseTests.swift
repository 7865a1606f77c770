import CRDT
import CaseModel
import Replication
import Testing
import WireProtocol

/// Leases: given at each session to whoever may be sent content, after what is to be wiped.
@Suite struct LeaseTests {
  private static let month: Int64 = 30 * 86_400_000

  private func house() throws -> RevokedHouse {
    let place = try RevokedHouse()
    place.exchange.server.leaseDuration = Self.month
    return place
  }

  @Test func eachSessionGivesAnother() throws {
    let place = try house()
    let station = place.house.psychologist
    let lines = try place.exchange.sync(station)
    let lease = try #require(lines.firstIndex(of: "< lease"))
    #expect(lease < (lines.firstIndex { $0.hasPrefix("< delivery") } ?? 0))
    let first = try #require(station.replica.lease?.until)
    #expect(abs(first - place.exchange.server.now - Self.month) < 10)
    place.exchange.server.now += 86_400_000
    try place.exchange.sync(station)
    #expect((station.replica.lease?.until ?? 0) - first >= 86_400_000)
    place.exchange.server.leaseDuration = 0
    try place.exchange.sync(station)
    #expect(station.replica.lease == Lease(until: nil))
    #expect(station.faults.isEmpty)
  }

  @Test func itComesAfterWhatIsToBeWiped() throws {
    let place = try house()
    let (house, exchange) = (place.house, place.exchange)
    let part = try #require(
      house.leader.replica.records.first {
        $0.kind == .participant && $0.identifier(Field.Participant.person) == house.psychologist.person
      })
    try exchange.write([CaseWork.end(participant: part, on: house.day)], at: house.leader)
    try exchange.sync(house.leader)
    let lines = try exchange.sync(house.psychologist)
    let exit = try #require(lines.firstIndex { $0.hasPrefix("< exit") })
    #expect(exit < (lines.firstIndex(of: "< lease") ?? 0))
  }

  /// A session may last longer than a lease.
  @Test func whoStaysConnectedIsGivenAnotherInTime() throws {
    let place = try house()
    let (exchange, station) = (place.exchange, place.house.psychologist)
    try exchange.connect(station)
    exchange.run()
    let first = try #require(station.replica.lease?.until)
    _ = exchange.takeLines(station)
    for _ in 0..<3 {
      let next = try #require(exchange.server.nextChange)
      #expect(next < station.replica.lease?.until ?? 0)
      exchange.server.pass(until: next)
      exchange.run()
    }
    #expect(exchange.takeLines(station) == ["< lease", "< lease", "< lease"])
    #expect((station.replica.lease?.until ?? 0) > first + Self.month)
    exchange.cut(station)
    #expect(exchange.server.nextChange == nil)
  }

  @Test func whoMayBeSentNothingIsGivenNone() throws {
    let place = try house()
    let (house, exchange) = (place.house, place.exchange)
    // One that was restored, and waits for its confirmation.
    let fork = house.coordinator
    let token = fork.replica.token
    try exchange.sync(fork)
    fork.replica.token = token
    let before = fork.replica.lease
    for _ in 0..<3 { try exchange.sync(fork) }
    #expect(!fork.replica.isConfirmed && fork.replica.lease == before)
    try place.revoke(house.psychologist, as: .left)
    #expect(try !exchange.sync(house.psychologist).contains("< lease"))
    exchange.server.beginRecovery()
    exchange.server.leaseDuration = Self.month
    #expect(try !exchange.sync(house.leader).contains("< lease"))
  }
}
