import CaseModel
import Replication
import Testing
import WireProtocol

/// Pushing entries, and the verdicts on them.
@Suite struct PushTests {
  @Test func whatIsWrittenIsPushedAndJudged() throws {
    let house = try House()
    let station = house.coordinator
    try house.exchange.write([house.note("one"), house.note("two")], at: station)
    try house.exchange.write([house.note("three")], at: station)
    #expect(
      try house.exchange.sync(station) == [
        "> hello", "< hello", "> authentication", "< welcome, journal 0", "> follow from cursor",
        "> push 1-2", "< delivery 2, cursor", "< verdicts 1-2, cursor",
      ])
    #expect(station.takeReports() == [.opened, .upToDate])
    #expect(station.replica.entries.map { $0.verdict?.seals.count } == [2, 1])
    #expect(house.exchange.server.directory.devices[station.actor]?.journal == station.replica.journal())
    #expect(house.exchange.server.store.log.suffix(3).allSatisfy { $0.isAccepted })
  }

  @Test func aPushIsSubmittedAndNothingIsSaidBeforeTheCommit() throws {
    let house = try House()
    let station = house.coordinator
    let peer = try Peer.welcomed(house.exchange, as: station)
    let entry = try station.replica.write([house.note("one")], at: 1) { house.exchange.identifier() }
    let signature = station.signingKey.sign(
      Push.proof(of: [entry], after: entry.journal), tenant: house.exchange.tenant.id, actor: station.actor)
    let push = Push(entries: [entry.entry], signature: signature)
    let bytes: [UInt8] = try WireClientMessage.with { $0.push = push.message }.serializedBytes()
    let server = house.exchange.server
    var session = try #require(server.sessions[peer.connection])
    let token = try #require(server.directory.devices[station.actor]?.offeredToken)
    #expect(
      session.messageReceived(bytes, at: 5, directory: server.directory) == [
        .submit(.use(token, by: station.actor)), .submit(.push(push, from: station.actor)),
      ])
    // The next one only submits: the token was used.
    let next = session.messageReceived(bytes, at: 5, directory: server.directory)
    #expect(next == [.submit(.push(push, from: station.actor))])
  }

  @Test func nobodyHearsOfAGroupThatWasNotCommitted() throws {
    let house = try House()
    try house.exchange.connect(house.leader)
    try house.exchange.connect(house.coordinator)
    house.exchange.run()
    for station in [house.leader, house.coordinator] {
      _ = station.takeReports()
      _ = house.exchange.takeLines(station)
    }
    house.exchange.server.isDiskFull = true
    let before = house.exchange.server.store.position
    try house.exchange.write([house.note("not yet")], at: house.coordinator)
    house.exchange.run()
    #expect(house.coordinator.takeReports() == [.failed(.retry)])
    #expect(house.exchange.takeLines(house.leader).isEmpty)
    #expect(house.exchange.server.store.position == before)
    #expect(house.coordinator.texts(.note, Field.Note.text) == ["not yet"])

    house.exchange.server.isDiskFull = false
    try house.exchange.sync(house.coordinator)
    #expect(house.coordinator.takeReports() == [.opened, .upToDate])
    house.exchange.run()
    #expect(house.leader.texts(.note, Field.Note.text) == ["not yet"])
  }

  @Test func aPushSentTwiceCountsOnceAndGetsTheSameVerdict() throws {
    let house = try House()
    let station = house.coordinator
    let peer = try Peer.welcomed(house.exchange, as: station)
    let entry = try station.replica.write([house.note("one")], at: 1) { house.exchange.identifier() }
    let before = house.exchange.server.store.position
    var verdicts: [WireVerdicts] = []
    for _ in 0..<2 {
      house.exchange.server.received(try station.pushBytes([entry]), on: peer.connection)
      house.exchange.server.commit()
      verdicts += house.exchange.server.takeOutput().compactMap { output in
        guard case .send(_, let message) = output, case .verdicts(let verdicts) = message.body else {
          return nil
        }
        return verdicts
      }
    }
    #expect(verdicts.count == 2 && verdicts[0] == verdicts[1])
    #expect(house.exchange.server.store.position == before + 1)
    #expect(house.exchange.server.store.entries.count { $0.actor == station.actor } == 1)
  }

  @Test func twoCopiesOfAPushInOneGroupCountOnce() throws {
    let house = try House()
    let station = house.coordinator
    let peer = try Peer.welcomed(house.exchange, as: station)
    let entry = try station.replica.write([house.note("one")], at: 1) { house.exchange.identifier() }
    let before = house.exchange.server.store.position
    let bytes = try station.pushBytes([entry])
    house.exchange.server.received(bytes, on: peer.connection)
    house.exchange.server.received(bytes, on: peer.connection)
    house.exchange.server.commit()
    #expect(peer.answers() == ["< verdicts 1", "< verdicts 1"])
    #expect(house.exchange.server.store.position == before + 1)
  }

  @Test func aVerdictThatWasLostComesAgainTheSame() throws {
    let house = try House()
    let station = house.coordinator
    try house.exchange.write([house.note("one")], at: station)
    var lost: [Frame] = []
    house.exchange.onFrame = { frame in
      guard Line.of(frame).hasPrefix("< verdicts") else { return [frame] }
      lost.append(frame)
      return []
    }
    try house.exchange.sync(station)
    #expect(lost.count == 1 && station.replica.entries.last?.verdict == nil)
    house.exchange.onFrame = { [$0] }
    let later = house.exchange.server.now
    house.exchange.server.now += 1_000_000
    var again: [Frame] = []
    house.exchange.beforeArrival = { if Line.of($0).hasPrefix("< verdicts") { again.append($0) } }
    #expect(
      try house.exchange.sync(station).contains("> push 1"), "the entry is pushed until it has a verdict")
    let first = try WireServerMessage(checking: try #require(lost.first).bytes).verdicts
    let second = try WireServerMessage(checking: try #require(again.first).bytes).verdicts
    #expect(first.stamps == second.stamps && first.receivedAt == second.receivedAt)
    #expect(second.receivedAt <= later)
    #expect(station.replica.entries.last?.verdict?.receivedAt == first.receivedAt)
    #expect(house.exchange.server.store.log.count { $0.change.header.id.actor == station.actor } == 1)
    #expect(station.faults.isEmpty)
  }

  @Test func aRetryBesideNewEntriesGetsTwoTimesOfReceipt() throws {
    let house = try House()
    let station = house.coordinator
    try house.exchange.write([house.note("one")], at: station)
    house.exchange.onFrame = { Line.of($0).hasPrefix("< verdicts") ? [] : [$0] }
    try house.exchange.sync(station)
    house.exchange.onFrame = { [$0] }
    try house.exchange.write([house.note("two")], at: station)
    let lines = try house.exchange.sync(station)
    #expect(
      lines.filter { $0.contains("push") || $0.contains("verdicts") } == [
        "> push 1-2", "< verdicts 1", "< verdicts 2, cursor",
      ])
    #expect(station.replica.entries.allSatisfy { $0.verdict?.refusal == nil && $0.verdict != nil })
  }
}
