import CRDT
import CaseModel
import Replication
import Testing
import WireProtocol

/// Devices that were restored or cloned, and session tokens.
@Suite struct ForkTests {
  @Test func aDeviceRestoredFromABackupIsRefusedAndKeepsItsWork() throws {
    let house = try House()
    let station = house.coordinator
    let backup = station.replica
    try house.exchange.write([house.note("sent and forgotten")], at: station)
    try house.exchange.sync(station)
    _ = station.takeReports()
    let token = station.replica.token
    station.replica = backup
    station.replica.token = token
    #expect(
      try house.exchange.sync(station) == ["> hello", "< hello", "> authentication", "< failure FORKED"])
    #expect(station.takeReports() == [.failed(.forked)])
    #expect(station.replica.entries == backup.entries)
    #expect(station.replica.record(house.assessment) != nil)
  }

  @Test func aDevicePutBackDuringASessionAsksForEverything() throws {
    let house = try House()
    let exchange = house.exchange
    let station = house.psychologist
    try exchange.connect(station)
    exchange.run()
    let backup = station.replica
    try exchange.write([house.note("entered and confirmed")], at: house.coordinator)
    try exchange.sync(house.coordinator)
    exchange.run()
    exchange.cut(station)
    #expect(station.texts(.note, Field.Note.text) == ["entered and confirmed"])
    // The token is the same, and so is the journal; only that a record entered is forgotten.
    station.replica = backup
    #expect(try exchange.sync(station).contains("> follow"))
    #expect(station.texts(.note, Field.Note.text) == ["entered and confirmed"])
    #expect(station.replica.snapshots == house.coordinator.replica.snapshots)
    #expect(try exchange.sync(station).contains("> follow from cursor"))
    #expect(station.faults.isEmpty)
  }

  @Test func aJournalOfTheSameLengthWithAnotherHistoryIsFoundByTheClient() throws {
    let house = try House()
    let station = house.coordinator
    let backup = station.replica
    try house.exchange.write([house.note("sent and forgotten")], at: station)
    try house.exchange.sync(station)
    _ = station.takeReports()
    let token = station.replica.token
    station.replica = backup
    station.replica.token = token
    try house.exchange.write([house.note("written in its place")], at: station)
    #expect(
      try house.exchange.sync(station) == [
        "> hello", "< hello", "> authentication", "< welcome, journal 1",
      ])
    #expect(station.takeReports() == [.failed(.forked)])
    #expect(station.texts(.note, Field.Note.text) == ["written in its place"])
    #expect(station.replica.pendingEntries(after: 0, limit: 9).count == 1)
  }

  @Test func aServerThatLostWhatItAcknowledgedIsFoundByTheClient() throws {
    let house = try House()
    let station = house.coordinator
    let earlier = house.exchange.server
    try house.exchange.write([house.note("acknowledged")], at: station)
    try house.exchange.sync(station)
    _ = station.takeReports()
    house.exchange.server = earlier
    // The token is the one that the earlier server knows, so that only the journal tells.
    station.replica.token = earlier.directory.devices[station.actor]?.token
    try house.exchange.sync(station)
    #expect(station.takeReports() == [.failed(.epochMismatch)])
    #expect(station.texts(.note, Field.Note.text) == ["acknowledged"])
  }

  @Test func aTokenThatWasReplacedAndUsedIsAFork() throws {
    let house = try House()
    let station = house.coordinator
    let old = station.replica.token
    try house.exchange.sync(station)
    try house.exchange.sync(station)
    _ = station.takeReports()
    #expect(station.replica.token != old)
    station.replica.token = old
    #expect(try house.exchange.sync(station).last == "< failure FORKED")
    #expect(station.takeReports() == [.failed(.forked)])
    station.replica.token = Identifier(high: 1, low: 2)
    #expect(try house.exchange.sync(station).last == "< failure FORKED")
    station.replica.token = nil
    #expect(try house.exchange.sync(station).last == "< failure FORKED")
  }

  @Test func aWelcomeThatWasLostLeavesTheTokenBeforeItGood() throws {
    let house = try House()
    let station = house.coordinator
    house.exchange.onFrame = { Line.of($0).hasPrefix("< welcome") ? [] : [$0] }
    #expect(try house.exchange.sync(station) == ["> hello", "< hello", "> authentication"])
    #expect(try house.exchange.sync(station) == ["> hello", "< hello", "> authentication"])
    house.exchange.onFrame = { [$0] }
    try house.exchange.sync(station)
    #expect(station.takeReports() == [.opened, .upToDate])
  }

  @Test func aWelcomeThatWasStoredAndNeverUsedIsAsGood() throws {
    let house = try House()
    let station = house.coordinator
    house.exchange.onFrame = { Line.of($0).hasPrefix("> follow") ? [] : [$0] }
    try house.exchange.sync(station)
    house.exchange.onFrame = { [$0] }
    try house.exchange.sync(station)
    #expect(station.takeReports() == [.opened, .opened, .upToDate])
  }

  @Test func aNewerSessionEndsTheOlderAndWhatThatStillSaysDoesNotCount() throws {
    let house = try House()
    let exchange = house.exchange
    let station = house.psychologist
    try exchange.connect(station)
    exchange.run()
    let older = try #require(station.connection)
    let backup = station.replica
    var late: [Frame] = []
    exchange.onFrame = { frame in
      guard Line.of(frame).hasPrefix("> delivered") else { return [frame] }
      late.append(frame)
      return []
    }
    try exchange.write([house.note("entered at the older one")], at: house.coordinator)
    try exchange.sync(house.coordinator)
    exchange.run()
    let confirmation = try #require(late.last { $0.connection == older })
    // A copy of the device connects; it has not got what the other one is about to confirm.
    station.replica = backup
    let newer = Peer(exchange, key: station.signingKey)
    _ = try newer.greet(as: station)
    #expect(try newer.authenticate() == ["authenticated", "< welcome, journal 0"])
    #expect(exchange.server.sessions[older]?.device == nil)
    exchange.server.received(confirmation.bytes, on: older)
    exchange.server.commit()
    let said = try newer.say { $0.follow.cursor = .init(backup.cursor) }
    #expect(said == ["< delivery 2, enters 1, cursor"])
  }
}
