import CRDT
import CaseModel
import Replication
import SwiftProtobuf
import Testing
import WireProtocol

/// What a push may not be, and content that gets a verdict against it.
@Suite struct RefusedPushTests {
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

  @Test func sayingThatEachEntryIsOneChangeSaysNothingMore() throws {
    var answers: [[String]] = []
    for sizes: [UInt32] in [[], [1, 1]] {
      let house = try House()
      let (peer, entries) = try peerWithEntries(house, 2)
      #expect(Push(entries: entries.map(\.entry), signature: []).message.entryChanges.isEmpty)
      // The proof is over both entries, and the journal that it starts from does not count.
      let proof = Push.proof(of: entries, after: entries[0].journal)
      answers.append(try peer.push(entries.map(\.entry), proof: proof) { $0.entryChanges = sizes })
    }
    #expect(answers[0] == answers[1])
    #expect(answers[0].contains { $0.contains("verdict") })
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
    house.exchange.server.received(try station.pushBytes([second, third]), on: peer.connection)
    house.exchange.server.received(try house.psychologist.pushBytes([work]), on: bystander.connection)
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
      house.exchange.server.received(try house.coordinator.pushBytes([entry]), on: peer.connection)
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
