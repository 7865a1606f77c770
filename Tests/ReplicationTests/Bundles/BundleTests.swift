import CRDT
import CaseModel
import Replication
import Testing
import WireProtocol

/// Pushes and deliveries that are carried as files, between the machines of both sides.
@Suite struct BundleTests {
  @Test func workGoesThereAndVerdictsAndNewsComeBack() throws {
    let house = try House()
    let (exchange, station) = (house.exchange, house.psychologist)
    try exchange.write([house.note("from the coordinator")], at: house.coordinator)
    try exchange.sync(house.coordinator)
    try exchange.write([house.note("from a place without a network")], at: station)
    let device = exchange.server.directory.devices[station.actor]
    let holdings = exchange.server.store.holdings[station.actor]
    let bundle = try exchange.bundle(of: station)
    #expect(bundle.lines == ["> bundle", "> push 1", "> follow from cursor"])
    let (reply, code) = try exchange.take(bundle)
    #expect(code == nil)
    #expect(
      reply.lines
        == ["< bundle", "< welcome, journal 0", "< verdicts 1", "< delivery 1, enters 1, changes 1, cursor"])
    #expect(!station.replica.entries.allSatisfy { $0.verdict != nil }, "nothing has come back yet")
    #expect(try exchange.receive(reply, at: station) == .taken)
    #expect(station.replica.entries.allSatisfy { $0.verdict?.refusal == nil && $0.verdict != nil })
    #expect(station.texts(.note, Field.Note.text).count == 2)
    // The server notes the work and nothing of what may never arrive: no token, no holding, no delivery.
    var after = try #require(exchange.server.directory.devices[station.actor])
    #expect(after.journal.entries == 1)
    after.journal = try #require(device?.journal)
    #expect(after == device)
    let created = exchange.server.store.holdings[station.actor]?.count
    #expect(created == (holdings?.count ?? 0) + 1, "the note that the device wrote itself")
  }

  @Test func theNextSessionAndTheNextBundleGoOnFromThere() throws {
    let house = try House()
    let (exchange, station) = (house.exchange, house.psychologist)
    try exchange.write([house.note("first")], at: house.coordinator)
    try exchange.sync(house.coordinator)
    try exchange.carry(station)
    #expect(try exchange.take(exchange.bundle(of: station)).reply.lines.last == "< delivery 1, cursor")
    #expect(try exchange.sync(station).contains("< delivery 2, cursor"))
    try exchange.write([house.note("second")], at: house.coordinator)
    try exchange.sync(house.coordinator)
    #expect(try exchange.sync(station).contains { $0.hasSuffix(", enters 1, cursor") })
    #expect(station.texts(.note, Field.Note.text) == ["first", "second"])
    #expect(station.faults.isEmpty)
  }

  @Test func aBundleThatIsTakenTwiceCountsOnce() throws {
    let house = try House()
    let (exchange, station) = (house.exchange, house.psychologist)
    try exchange.write([house.note("once")], at: station)
    let bundle = try exchange.bundle(of: station)
    let first = try exchange.take(bundle).reply
    let log = exchange.server.store.log.count
    let second = try exchange.take(bundle).reply
    #expect(exchange.server.store.log.count == log)
    #expect(try exchange.receive(first, at: station) == .taken)
    let (entries, snapshots) = (station.replica.entries, station.replica.snapshots)
    #expect(try exchange.receive(first, at: station) == .takenBefore)
    #expect(try exchange.receive(second, at: station) == .older)
    #expect(station.replica.entries == entries && station.replica.snapshots == snapshots)
  }

  @Test func theSecondReplyIsAsGoodAsTheFirstThatWasLost() throws {
    let house = try House()
    let (exchange, station) = (house.exchange, house.psychologist)
    try exchange.write([house.note("once")], at: station)
    let bundle = try exchange.bundle(of: station)
    let lost = try exchange.take(bundle).reply
    let second = try exchange.take(bundle).reply
    #expect(verdicts(in: lost) == verdicts(in: second))
    #expect(try exchange.receive(second, at: station) == .taken)
    #expect(try exchange.receive(lost, at: station) == .older)
    #expect(station.replica.pendingEntries(after: 0, limit: 9).isEmpty)
  }

  private func verdicts(in parcel: Parcel) -> [WireVerdicts] {
    parcel.messages.compactMap { bytes in
      let body = (try? WireServerMessage(checking: bytes))?.body
      if case .verdicts(let verdicts)? = body { return verdicts }
      return nil
    }
  }

  @Test func aBundleThatComesAfterASessionChangesNothing() throws {
    let house = try House()
    let (exchange, station) = (house.exchange, house.psychologist)
    try exchange.write([house.note("by both ways")], at: station)
    let bundle = try exchange.bundle(of: station)
    try exchange.sync(station)
    try exchange.write([house.note("since")], at: station)
    try exchange.sync(station)
    let log = exchange.server.store.log.count
    let reply = try exchange.take(bundle).reply
    #expect(exchange.server.store.log.count == log)
    let replica = station.replica
    #expect(try exchange.receive(reply, at: station) == .older)
    #expect(station.replica.entries == replica.entries && station.replica.cursor == replica.cursor)
    #expect(station.replica.snapshots == replica.snapshots)
    try exchange.sync(station)
    #expect(station.faults.isEmpty)
  }

  @Test func aReplyThatIsLateSetsNothingBack() throws {
    let house = try House()
    let (exchange, station) = (house.exchange, house.psychologist)
    try exchange.write([house.note("in the bundle")], at: station)
    let reply = try exchange.take(exchange.bundle(of: station)).reply
    try exchange.write(
      [house.annotation(Field.Assessment.childNotes, "newer", at: house.coordinator)],
      at: house.coordinator)
    try exchange.sync(house.coordinator)
    try exchange.sync(station)
    #expect(try exchange.receive(reply, at: station) == .older)
    #expect(station.record(house.assessment)?.text(Field.Assessment.childNotes) == "newer")
    // Only the verdicts of a late reply count, where they are the first.
    try exchange.write([house.note("only in the bundle")], at: station)
    let other = try exchange.take(exchange.bundle(of: station)).reply
    station.replica.forgetCursor()
    #expect(try exchange.receive(other, at: station) == .older)
    #expect(station.replica.pendingEntries(after: 0, limit: 9).isEmpty)
  }

  @Test func aSessionThatBrokeOffInBetweenLosesNothingToABundle() throws {
    let house = try House()
    let (exchange, station) = (house.exchange, house.psychologist)
    let annotate = { (text: String) in
      try exchange.write(
        [house.annotation(Field.Assessment.childNotes, text, at: house.coordinator)], at: house.coordinator)
      try exchange.sync(house.coordinator)
    }
    try annotate("older")
    station.replica.forgetCursor()
    let reply = try exchange.take(exchange.bundle(of: station)).reply
    try annotate("newer")
    try exchange.sync(station)
    // As if the session's last delivery had brought the state and lost its cursor.
    station.replica.forgetCursor()
    #expect(try exchange.receive(reply, at: station) == .taken)
    #expect(station.record(house.assessment)?.text(Field.Assessment.childNotes) == "newer")
    try exchange.sync(station)
    let theirs = house.coordinator.replica.snapshots[house.assessment]
    #expect(station.replica.snapshots[house.assessment] == theirs)
    #expect(station.faults.isEmpty)
  }

  @Test func whatIsCommittedWhileABundleIsWrittenIsNotPassedOver() throws {
    let house = try House()
    let (exchange, station) = (house.exchange, house.psychologist)
    for number in 0..<40 {
      try exchange.write(
        [house.note("\(number) " + denseText(7_000, seed: UInt64(number)))], at: house.coordinator)
    }
    try exchange.sync(house.coordinator)
    var late = 0
    let (reply, code) = try exchange.take(exchange.bundle(of: station)) {
      late += 1
      try exchange.write([house.note("late \(late)")], at: house.coordinator)
      try exchange.sync(house.coordinator)
    }
    #expect(code == nil && late > 1, "the bundle has several deliveries")
    #expect(try exchange.receive(reply, at: station) == .taken)
    #expect(station.texts(.note, Field.Note.text).count == 40)
    try exchange.sync(station)
    #expect(station.texts(.note, Field.Note.text).count == 40 + late)
    #expect(station.faults.isEmpty)
  }

  @Test func aRunningSessionOfTheDeviceGoesOn() throws {
    let house = try House()
    let (exchange, station) = (house.exchange, house.psychologist)
    try exchange.write([house.note("in the bundle")], at: station)
    let bundle = try exchange.bundle(of: station)
    let connection = try exchange.connect(station)
    exchange.run()
    #expect(try exchange.take(bundle).code == nil)
    try exchange.write([house.note("live")], at: house.coordinator)
    try exchange.sync(house.coordinator)
    #expect(exchange.closed[connection] == nil && station.connection == connection)
    #expect(station.texts(.note, Field.Note.text).contains("live"))
    exchange.cut(station)
    #expect(try exchange.sync(station).contains("< delivery 4, cursor"))
  }
}
