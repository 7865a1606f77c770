import CRDT
import CaseModel
import Replication
import Testing
import WireProtocol

/// A server whose disk is nearly full: people begin sessions and read on, and nobody's work is taken in.
@Suite struct ShortOfSpaceTests {
  @Test func peopleReadOnAndWorkIsTriedAgain() throws {
    let house = try House()
    try house.exchange.sync(house.coordinator)
    try house.exchange.write([house.note("before")], at: house.leader)
    try house.exchange.sync(house.leader)
    for station in [house.leader, house.coordinator] { _ = station.takeReports() }

    house.exchange.server.isShortOfSpace = true
    let before = house.exchange.server.store.position
    try house.exchange.write([house.note("meanwhile")], at: house.leader)
    try house.exchange.sync(house.leader)
    #expect(house.leader.takeReports() == [.opened, .failed(.retry)])
    #expect(house.exchange.server.store.position == before)
    // The other one had not connected since "before".
    try house.exchange.sync(house.coordinator)
    #expect(house.coordinator.takeReports().last == .upToDate)
    #expect(house.coordinator.texts(.note, Field.Note.text) == ["before"])

    house.exchange.server.isShortOfSpace = false
    try house.exchange.sync(house.leader)
    #expect(house.leader.takeReports() == [.opened, .upToDate])
    try house.exchange.sync(house.coordinator)
    #expect(Set(house.coordinator.texts(.note, Field.Note.text)) == ["before", "meanwhile"])
  }

  /// Who writes and reads in one session has read when it is told to try again.
  @Test func whoWritesHasReadFirst() throws {
    let house = try House()
    try house.exchange.sync(house.coordinator)
    try house.exchange.write([house.note("news")], at: house.leader)
    try house.exchange.sync(house.leader)
    house.exchange.server.isShortOfSpace = true
    try house.exchange.write([house.note("own")], at: house.coordinator)
    try house.exchange.sync(house.coordinator)
    #expect(Set(house.coordinator.texts(.note, Field.Note.text)) == ["news", "own"])
  }
}
