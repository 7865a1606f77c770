import CRDT
import CaseModel
import Replication
import SwiftProtobuf
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
      house.exchange.server.received(try pushBytes([entry], station), on: peer.connection)
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
    let bytes = try pushBytes([entry], station)
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

  // MARK: What a push may not be

  @Test func aGapInTheJournalIsRefused() throws {
    let house = try House()
    let (peer, entries) = try peerWithEntries(house, 3)
    #expect(try peer.push([entries[1]]) == ["< failure UNEXPECTED", "closed UNEXPECTED"])
    expectNothingTaken(house)
  }

  @Test func reorderedPushesAreRefused() throws {
    let house = try House()
    let (peer, entries) = try peerWithEntries(house, 2)
    #expect(try peer.push([entries[1]]) == ["< failure UNEXPECTED", "closed UNEXPECTED"])
    #expect(try peer.push([entries[0]]).isEmpty)
    expectNothingTaken(house)
  }

  @Test func aGapInARecordIsRefused() throws {
    let house = try House()
    let (peer, _) = try peerWithEntries(house, 0)
    let change = try signedNote(house, number: 2)
    #expect(try push(change, peer, house) == ["< failure UNEXPECTED", "closed UNEXPECTED"])
    expectNothingTaken(house)
  }

  @Test func aSignatureThatDoesNotHoldTakesNothingIn() throws {
    let house = try House()
    let refused = ["< failure BAD_SIGNATURE", "closed BAD_SIGNATURE"]
    let edits: [(inout WirePush) -> Void] = [
      { $0.signature[9] ^= 1 }, { $0.signature = .init() }, { $0.entryChanges = [2] },
    ]
    for edit in edits {
      let (peer, entries) = try peerWithEntries(house, 2)
      let proof = Push.proof(of: entries, after: entries[0].journal)
      #expect(try peer.push(entries.map(\.entry), proof: proof, edit: edit) == refused)
    }
    // A proof of another journal, and one of another tenant.
    let (peer, entries) = try peerWithEntries(house, 2)
    let short = Push.proof(of: [entries[0]], after: entries[0].journal)
    #expect(try peer.push(entries.map(\.entry), proof: short) == refused)
    expectNothingTaken(house)
  }

  @Test func aChangeOfAnotherActorIsRefused() throws {
    let house = try House()
    let (peer, _) = try peerWithEntries(house, 0)
    let entry = try house.psychologist.replica.write([house.note("not mine")], at: 1) {
      house.exchange.identifier()
    }
    #expect(try peer.push([entry]) == ["< failure UNEXPECTED", "closed UNEXPECTED"])
    expectNothingTaken(house)
  }

  @Test func anotherEntryUnderAUsedNumberIsAFork() throws {
    let house = try House()
    let station = house.coordinator
    let (peer, entries) = try peerWithEntries(house, 1)
    #expect(try peer.push(entries) == ["< verdicts 1"])
    // The entries were written on a copy of the replica, which is a clone now.
    let other = try station.replica.write([house.note("by the clone")], at: 1) {
      house.exchange.identifier()
    }
    #expect(try peer.push([other]) == ["< failure FORKED", "closed FORKED"])
    #expect(house.exchange.server.store.log.count { $0.change.header.id.actor == station.actor } == 1)
  }

  @Test func aUsedChangeNumberUnderANewEntryIsAForkAndHarmsNobody() throws {
    let house = try House()
    let station = house.coordinator
    let peer = try Peer.welcomed(house.exchange, as: station)
    let first = try station.replica.write([house.note("one")], at: 1) { house.exchange.identifier() }
    #expect(try peer.push([first]) == ["< verdicts 1"])
    let position = house.exchange.server.store.position
    // Entry 2 is well and new; entry 3 signs another change under the number that entry 1
    // used.
    let second = try station.replica.write([house.note("two")], at: 2) { house.exchange.identifier() }
    let used = try #require(first.entry.changes.first)
    let forged = EncodedChange(header: used.header, payload: used.payload + used.payload)
    let start = Chain.start(
      tenant: house.exchange.tenant.id, record: used.header.record, actor: station.actor)
    let digest = forged.digest(after: start)
    let third = LinkedEntry(
      entry: JournalEntry(number: 3, changes: [forged]), digests: [digest],
      journal: second.journal.appending(changes: [digest]))
    // Another device's work shares the group.
    let bystander = try Peer.welcomed(house.exchange, as: house.psychologist)
    let work = try house.psychologist.replica.write([house.note("three")], at: 2) {
      house.exchange.identifier()
    }
    house.exchange.server.received(try pushBytes([second, third], station), on: peer.connection)
    house.exchange.server.received(try pushBytes([work], house.psychologist), on: bystander.connection)
    house.exchange.server.commit()
    let output = house.exchange.server.takeOutput()
    #expect(output.contains(.close(peer.connection, .forked)))
    #expect(!output.contains { if case .close(bystander.connection, _) = $0 { true } else { false } })
    #expect(house.exchange.server.store.position == position + 2)
    // What stood before the fork is in the journal, and gets its verdict when it is asked for again.
    #expect(house.exchange.server.directory.devices[station.actor]?.journal == second.journal)
    let again = try Peer.welcomed(house.exchange, as: station)
    #expect(try again.push([second]) == ["< verdicts 2"])
    #expect(house.exchange.server.store.position == position + 2)
  }

  @Test func moreThanFourPushesWithoutVerdictsAreRefused() throws {
    let house = try House()
    let (peer, entries) = try peerWithEntries(house, 5)
    for entry in entries {
      house.exchange.server.received(try pushBytes([entry], house.coordinator), on: peer.connection)
    }
    #expect(peer.answers() == ["< failure LIMIT_EXCEEDED", "closed LIMIT_EXCEEDED"])
  }

  @Test func theClientKeepsItsWindowOfFourPushes() throws {
    let house = try House()
    let station = house.coordinator
    try house.exchange.connect(station)
    house.exchange.run()
    _ = house.exchange.takeLines(station)
    for number in 1...6 { try house.exchange.write([house.note("note \(number)")], at: station) }
    house.exchange.run()
    let lines = house.exchange.takeLines(station)
    let pushes = ["> push 1", "> push 2", "> push 3", "> push 4", "> push 5-6"]
    #expect(lines.filter { $0.hasPrefix("> push") } == pushes)
    #expect(station.replica.pendingEntries(after: 0, limit: 9).isEmpty)
  }

  @Test(arguments: [
    "no entries", "too many entries", "empty entry", "large entry", "first entry 0", "first entry beyond",
    "count does not fit", "changes are noise",
  ])
  func aPushThatIsNoneEndsTheSession(_ what: String) throws {
    let house = try House()
    let (peer, entries) = try peerWithEntries(house, 1)
    var code = "LIMIT_EXCEEDED"
    let proof = Push.proof(of: entries, after: entries[0].journal)
    let answer = try peer.push(entries.map(\.entry), proof: proof) { push in
      switch what {
      case "no entries": push.changes = .init()
      case "too many entries": push.entryChanges = Array(repeating: 1, count: Limits.pushEntries + 1)
      case "empty entry": push.entryChanges = [0, 1]
      case "large entry": push.entryChanges = [UInt32(Limits.entryChanges) + 1]
      default:
        code = "MALFORMED"
        switch what {
        case "first entry 0": push.firstEntry = 0
        case "first entry beyond": push.firstEntry = Limits.highestNumber + 1
        case "count does not fit": push.entryChanges = [1, 1]
        default: push.changes = .init([0xff, 0xff, 0xff])
        }
      }
    }
    #expect(answer == ["< failure \(code)", "closed \(code)"])
    expectNothingTaken(house)
  }

  // MARK: Content that is refused

  @Test(arguments: ["unreadable", "too large", "wrong author", "other tenant", "vector beyond"])
  func everyWellLinkedChangeGetsAVerdict(_ what: String) throws {
    let house = try House()
    let (peer, _) = try peerWithEntries(house, 0)
    let other = Identifier(high: 5, low: 5)
    let beyond = VersionVector(sorted: [ChangeID(actor: ActorID(rawValue: 1), number: 4)])
    let (change, code): (EncodedChange, String) =
      switch what {
      case "unreadable": (try signedNote(house, payload: [1, 2, 3]), "INVALID_CONTENT")
      case "too large":
        (try signedNote(house, payload: Array(repeating: 0, count: Limits.payloadBytes + 1)), "TOO_LARGE")
      case "wrong author": (try signedNote(house, author: other), "WRONG_AUTHOR")
      case "other tenant": (try signedNote(house, tenant: other), "INVALID_CONTENT")
      default: (try signedNote(house, version: beyond), "CAUSALITY")
      }
    #expect(try push(change, peer, house) == ["< verdicts 1, 1 \(code)"])
    #expect(house.exchange.server.store.log.last?.isAccepted == false)
  }

  @Test func aVectorThatLeavesOutTheActorsOwnChangeIsRefused() throws {
    let house = try House()
    let peer = try Peer.welcomed(house.exchange, as: house.leader)
    let replica = house.leader.replica
    let head = try #require(replica.snapshots[house.assessment]?.heads[house.leader.actor])
    let header = ChangeHeader(
      record: house.assessment, id: ChangeID(actor: house.leader.actor, number: head.id.number + 1),
      author: replica.membership.account, writtenAt: 1, version: VersionVector())
    let payload = Payload(salt: house.exchange.identifier(), operations: []).encoded
    let change = EncodedChange(header: header, payload: payload)
    let digest = change.digest(after: head.digest)
    let journal = replica.journal().appending(changes: [digest])
    let entry = JournalEntry(number: journal.entries, changes: [change])
    let linked = LinkedEntry(entry: entry, digests: [digest], journal: journal)
    #expect(try peer.push([linked]) == ["< verdicts 4, 4 CAUSALITY"])
  }

  // MARK: Making pushes

  private func peerWithEntries(_ house: House, _ count: Int) throws -> (Peer, [LinkedEntry]) {
    let peer = try Peer.welcomed(house.exchange, as: house.coordinator)
    var replica = house.coordinator.replica
    let entries = try (0..<count).map { number in
      try replica.write([house.note("note \(number)")], at: 1) { house.exchange.identifier() }
    }
    return (peer, entries)
  }

  private func expectNothingTaken(_ house: House, sourceLocation: SourceLocation = #_sourceLocation) {
    let store = house.exchange.server.store
    #expect(
      !store.log.contains { $0.change.header.id.actor == house.coordinator.actor },
      sourceLocation: sourceLocation)
    #expect(
      house.exchange.server.directory.devices[house.coordinator.actor]?.journal.entries == 0,
      sourceLocation: sourceLocation)
  }

  private func pushBytes(_ entries: [LinkedEntry], _ station: Workstation) throws -> [UInt8] {
    let proof = Push.proof(of: entries, after: entries[0].journal)
    let signature = station.signingKey.sign(proof, tenant: station.replica.tenant, actor: station.actor)
    let push = Push(entries: entries.map(\.entry), signature: signature)
    return try WireClientMessage.with { $0.push = push.message }.serializedBytes()
  }

  /// A note of the coordinator's that is as wrong as a test wants it.
  private func signedNote(
    _ house: House, number: UInt64 = 1, author: Identifier? = nil,
    tenant: Identifier? = nil, version: VersionVector? = nil, payload: [UInt8]? = nil
  ) throws -> EncodedChange {
    let station = house.coordinator
    let facts = RecordFacts(
      tenant: tenant ?? house.exchange.tenant.id, caseID: house.caseID, kind: RecordKind.note.rawValue,
      created: 1, about: [house.caseID])
    let header = ChangeHeader(
      record: house.exchange.identifier(), id: ChangeID(actor: station.actor, number: number),
      author: author ?? station.replica.membership.account, writtenAt: 1,
      version: version ?? VersionVector(), creates: facts)
    return EncodedChange(
      header: header,
      payload: payload ?? Payload(salt: house.exchange.identifier(), operations: []).encoded)
  }

  /// Pushes a change as the first entry of the coordinator's.
  private func push(_ change: EncodedChange, _ peer: Peer, _ house: House) throws -> [String] {
    let station = house.coordinator
    let tenant = house.exchange.tenant.id
    let start = Chain.start(tenant: tenant, record: change.header.record, actor: station.actor)
    let digest = change.digest(after: start)
    let journal = JournalHead.start(tenant: tenant, actor: station.actor).appending(changes: [digest])
    return try peer.push([
      LinkedEntry(
        entry: JournalEntry(number: 1, changes: [change]), digests: [digest], journal: journal)
    ])
  }
}
