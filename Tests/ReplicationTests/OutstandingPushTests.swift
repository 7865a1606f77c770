import CRDT
import CaseModel
import Replication
import Testing
import WireProtocol

/// How many pushes may wait for their verdicts at once.
@Suite struct OutstandingPushTests {
  @Test func asManyAsAgreedAreJudgedTogether() throws {
    let (house, peer, pushes) = try sent(Limits.outstandingPushes)
    for push in pushes { house.exchange.server.received(push, on: peer.connection) }
    house.exchange.server.commit()
    #expect(peer.answers() == (1...Limits.outstandingPushes).map { "< verdicts \($0)" })
  }

  @Test func onlyTheLastVerdictsOfAGroupHaveACursor() throws {
    let (house, peer, pushes) = try sent(3)
    _ = try peer.say { $0.follow = .init() }
    for push in pushes { house.exchange.server.received(push, on: peer.connection) }
    house.exchange.server.commit()
    #expect(peer.answers() == ["< verdicts 1", "< verdicts 2", "< verdicts 3, cursor"])
  }

  /// Found by the simulator: the device followed from behind a change of its own of which it knew nothing,
  /// and its next change of that record left a gap.
  @Test func aCursorDoesNotPassVerdictsThatWereLost() throws {
    let house = try House()
    let exchange = house.exchange
    let station = house.coordinator
    let connection = try exchange.connect(station)
    exchange.run()
    // Two pushes in one group. Of what the server says of them, and later, only the first verdicts arrive.
    var isLosing = false
    exchange.onFrame = { frame in
      guard frame.direction == .toClient, frame.connection == connection else { return [frame] }
      defer { isLosing = isLosing || Line.of(frame).hasPrefix("< verdicts") }
      return isLosing ? [] : [frame]
    }
    try exchange.write([house.note("one")], at: station)
    try exchange.write([house.annotation(Field.Assessment.childNotes, "walks", at: station)], at: station)
    exchange.run()
    try exchange.write([house.annotation(Field.Assessment.childNotes, "runs", at: station)], at: station)
    exchange.run()
    #expect(isLosing && station.replica.entries.map { $0.verdict == nil } == [false, true, true])
    exchange.onFrame = { [$0] }
    exchange.cut(station)
    try exchange.sync(station)
    #expect(station.faults.isEmpty)
    #expect(station.replica.entries.allSatisfy { $0.verdict != nil })
  }

  @Test func oneMoreEndsTheSessionAndWhatCameBeforeItHolds() throws {
    let (house, peer, pushes) = try sent(Limits.outstandingPushes + 1)
    for push in pushes { house.exchange.server.received(push, on: peer.connection) }
    house.exchange.server.commit()
    #expect(peer.answers() == ["< failure LIMIT_EXCEEDED", "closed LIMIT_EXCEEDED"])
    let journal = house.exchange.server.directory.devices[house.coordinator.actor]?.journal
    #expect(journal?.entries == UInt64(Limits.outstandingPushes))
  }

  /// A welcomed device and signed pushes of one entry each, none of which the server has taken in.
  private func sent(_ count: Int) throws -> (House, Peer, [[UInt8]]) {
    let house = try House()
    let station = house.coordinator
    let peer = try Peer.welcomed(house.exchange, as: station)
    let pushes = try (0..<count).map { _ in
      let entry = try station.replica.write([house.note("one")], at: 1) { house.exchange.identifier() }
      return try station.pushBytes([entry])
    }
    return (house, peer, pushes)
  }
}
