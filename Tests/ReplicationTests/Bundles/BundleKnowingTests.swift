import CRDT
import CaseModel
import Replication
import Testing
import WireProtocol

/// What was opened on a device that exchanges by bundles alone, and how the logs stand that it never asks for
/// in a session.
@Suite struct BundleKnowingTests {
  private func opening(_ number: UInt64) -> Opening {
    Opening(
      OpenedEvent(record: Identifier(high: 5, low: number), openedAt: 5, purpose: "coordination"),
      agentSalt: Identifier(high: 6, low: number), eventSalt: Identifier(high: 7, low: number))
  }

  /// A house whose server has a signed log of what was opened.
  private func house(_ size: Int) throws -> House {
    let house = try House()
    let tenant = house.exchange.tenant
    var log = LogModel(.opened, tenant: tenant.id, key: tenant.signingKey)
    log.grow(to: size)
    log.sign()
    house.exchange.server.store.logs = [.opened: log]
    return house
  }

  private func watch(_ house: House, keeping size: Int, telling word: UInt64 = 0) throws -> LogWatch {
    let tenant = house.exchange.tenant
    var log = LogModel(.opened, tenant: tenant.id, key: tenant.signingKey)
    log.grow(to: size, telling: word)
    log.sign()
    return LogWatch(
      tenant: tenant.id, key: try VerifyingKey(bytes: tenant.signingKey.publicKey),
      kept: size > 0 ? log.signed : [])
  }

  /// What a device is to write of a delivery bundle about the logs.
  private func intake(
    _ reply: Parcel, _ house: House, _ logs: LogWatch
  ) throws -> (opened: Set<Digest>, logs: [LogWatch.Outcome]) {
    let station = house.psychologist
    var intake = try BundleIntake(
      identity: station.identity, header: reply.header, lastTaken: station.lastBundle, logs: logs)
    var (opened, outcomes): (Set<Digest>, [LogWatch.Outcome]) = ([], [])
    for message in reply.messages {
      for write in try intake.received(message, replica: station.replica) {
        switch write {
        case .opened(let events, let time):
          opened.formUnion(events)
          #expect(time > 0)
        case .logs(let some): outcomes += some
        case .verdicts, .delivery, .standing: break
        }
      }
    }
    try intake.ended()
    return (opened, outcomes)
  }

  @Test func rowsGoWithItAndTheNewestCheckpointComesBack() throws {
    let house = try house(64)
    let exchange = house.exchange
    let kept = try watch(house, keeping: 32)
    let push = try exchange.bundle(
      of: house.psychologist, openings: [opening(1), opening(2)], logs: kept)
    #expect(push.lines == ["> bundle", "> opened 2", "> checkpoints", "> follow from cursor"])
    let newest = try #require(exchange.server.store.logs[.opened]?.signed.last)
    // Taken in twice it stands in the log once, and is answered alike.
    for _ in 0..<2 {
      let (reply, code) = try exchange.take(push)
      #expect(code == nil && reply.lines.dropFirst(2).prefix(2) == ["< opened 2", "< checkpoints 1"])
      let (opened, logs) = try intake(reply, house, kept)
      #expect(opened == [opening(1).digest, opening(2).digest] && logs == [.advanced(newest)])
    }
    let rows = exchange.server.store.opened
    #expect(rows.map(\.opening) == [opening(1), opening(2)])
    #expect(rows.allSatisfy { $0.agent.person == house.psychologist.person })
  }

  /// Which rows the server has counts whenever it is told; how the logs stood only where it goes on from what
  /// is here.
  @Test func aBundleThatIsLateIsNoFinding() throws {
    let house = try house(64)
    let (exchange, station) = (house.exchange, house.psychologist)
    let push = try exchange.bundle(of: station, openings: [opening(1)], logs: try watch(house, keeping: 32))
    let reply = try exchange.take(push).reply
    // A session brought another checkpoint meanwhile: a newer one than the bundle's, or an older.
    for size in [96, 48, 64] {
      let (opened, logs) = try intake(reply, house, try watch(house, keeping: size))
      #expect(opened == [opening(1).digest] && logs.isEmpty)
    }
    try exchange.write([house.note("imens")], at: house.coordinator)
    try exchange.sync(house.coordinator)
    try exchange.sync(station)
    let older = try intake(reply, house, try watch(house, keeping: 32))
    #expect(older.opened == [opening(1).digest] && older.logs.isEmpty)
  }

  @Test func anotherHistoryIsFoundByBundleToo() throws {
    let house = try house(64)
    let (exchange, station) = (house.exchange, house.psychologist)
    let newest = try #require(exchange.server.store.logs[.opened]?.signed.last)
    for size in [32, 64, 96] {
      let kept = try watch(house, keeping: size, telling: 1)
      let reply = try exchange.take(exchange.bundle(of: station, logs: kept)).reply
      guard case .found(let finding, newest)? = try intake(reply, house, kept).logs.first else {
        Issue.record("nothing found at \(size)")
        continue
      }
      #expect(finding.code == (size == 64 ? "split_view" : "unproven"))
    }
    // One that the server has set back.
    let longer = try watch(house, keeping: 96)
    let reply = try exchange.take(exchange.bundle(of: station, logs: longer)).reply
    #expect(try intake(reply, house, longer).logs == [.found(.unproven, shown: newest)])
  }

  @Test func whereTheServerTakesNoneTheyWait() throws {
    let house = try house(64)
    house.exchange.server.isShortOfSpace = true
    let push = try house.exchange.bundle(
      of: house.psychologist, openings: [opening(1)], logs: try watch(house, keeping: 0))
    let (reply, code) = try house.exchange.take(push)
    #expect(code == nil && reply.lines.contains("< opened 0"))
    #expect(try intake(reply, house, try watch(house, keeping: 0)).opened.isEmpty)
  }
}
