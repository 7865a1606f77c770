import CRDT
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
      let signature = station.signingKey.sign(
        Push.proof(of: [entry], after: entry.journal), tenant: house.exchange.tenant.id,
        actor: station.actor)
      let push = Push(entries: [entry.entry], signature: signature)
      return try WireClientMessage.with { $0.push = push.message }.serializedBytes() as [UInt8]
    }
    return (house, peer, pushes)
  }
}
