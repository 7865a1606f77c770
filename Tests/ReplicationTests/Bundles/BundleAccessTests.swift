import CRDT
import CaseModel
import Replication
import Testing
import WireProtocol

/// What may be written and read by bundle is what may be at the moment when it is taken in.
@Suite struct BundleAccessTests {
  @Test func whoseParticipationEndedIsSentNothingAndWritesNothing() throws {
    let house = try House()
    let (exchange, station) = (house.exchange, house.psychologist)
    try exchange.write([house.note("written in time, carried too late")], at: station)
    let bundle = try exchange.bundle(of: station)
    let file = CaseFile(id: house.caseID, records: house.leader.replica.records)
    let part = try #require(file.participants.first { $0.part.person == station.person })
    try exchange.write([CaseWork.end(participant: part.record, on: house.day)], at: house.leader)
    try exchange.write([house.note("canary")], at: house.leader)
    try exchange.sync(house.leader)
    let reply = try exchange.take(bundle).reply
    #expect(reply.lines[2] == "< verdicts 1, 1 NOT_AVAILABLE waits")
    #expect(try !reply.messages.contains { Bytes.occurs("canary", in: try Bytes.plain($0)) })
    #expect(try exchange.receive(reply, at: station) == .taken)
    #expect(station.replica.refused.isEmpty && station.replica.waiting.count == 1)
    #expect(!station.texts(.note, Field.Note.text).contains("written in time, carried too late"))
  }

  @Test func whoIsLetInBetweenWritingAndTakingGetsTheCase() throws {
    let house = try House()
    let exchange = house.exchange
    let newcomer = try exchange.newcomer("Sofie", as: .coreTeam)
    try exchange.sync(newcomer)
    let bundle = try exchange.bundle(of: newcomer)
    try exchange.write(
      [
        CaseWork.participant(
          id: exchange.identifier(), in: house.caseID, person: newcomer.person, role: .coreTeam,
          since: house.day)
      ], at: house.coordinator)
    try exchange.sync(house.coordinator)
    let reply = try exchange.take(bundle).reply
    #expect(try exchange.receive(reply, at: newcomer) == .taken)
    #expect(newcomer.record(house.assessment) != nil)
  }

  @Test func aDeviceThatIsNotConfirmedIsSentNothing() throws {
    let house = try House()
    let (exchange, station) = (house.exchange, house.coordinator)
    let token = station.replica.token
    try exchange.sync(station)
    station.replica.token = token
    for _ in 0..<3 { try exchange.sync(station) }
    #expect(!station.replica.isConfirmed)
    try exchange.write([house.note("canary")], at: house.psychologist)
    try exchange.sync(house.psychologist)
    try exchange.write([house.note("work goes on")], at: station)
    let reply = try exchange.take(exchange.bundle(of: station)).reply
    #expect(
      reply.lines
        == ["< bundle", "< welcome, journal 0, unconfirmed", "< verdicts 1", "< delivery 1"])
    #expect(try exchange.receive(reply, at: station) == .taken)
    #expect(!station.replica.isConfirmed && station.replica.pendingEntries(after: 0, limit: 1).isEmpty)
    // It learns by a bundle as well that it was confirmed.
    exchange.server.confirmEverybody()
    try exchange.carry(station)
    #expect(station.replica.isConfirmed)
    #expect(station.texts(.note, Field.Note.text).contains("canary"))
  }

  @Test func aReaderOfManyDeliveriesHasNoLargerQueueThanASession() throws {
    let house = try House()
    let (exchange, station) = (house.exchange, house.psychologist)
    for number in 0..<120 {
      try exchange.write(
        [house.note("\(number)" + denseText(9_000, seed: UInt64(number)))], at: house.coordinator)
    }
    try exchange.sync(house.coordinator)
    let bundle = try exchange.bundle(of: station)
    let connection = exchange.openForBundle()
    for message in bundle.messages { exchange.server.received(message, on: connection) }
    exchange.server.commit()
    let deliveries = exchange.server.takeOutput().filter { output in
      guard case .send(connection, let message) = output, case .delivery? = message.body else { return false }
      return true
    }
    #expect(deliveries.count <= Limits.outstandingDeliveries)
    #expect(deliveries.count < 9, "\(deliveries.count)")
    let reply = try exchange.take(bundle).reply
    #expect(reply.messages.count > deliveries.count + 2)
    #expect(try exchange.receive(reply, at: station) == .taken)
    #expect(station.texts(.note, Field.Note.text).count == 120)
  }
}
