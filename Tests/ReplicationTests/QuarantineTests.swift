import CRDT
import CaseModel
import Replication
import Testing
import WireProtocol

/// Work that was allowed as far as its author could know has no effect, is not lost, and waits for whoever
/// decides for the case.
@Suite struct QuarantineTests {
  private static let text = "written at the kitchen table"

  /// A house whose psychologist's part in the case is ended while she is offline.
  private func house() throws -> House {
    let house = try House()
    // What she has written before is judged, and she has been back since.
    try house.exchange.write([house.note("before")], at: house.psychologist)
    for station in [house.psychologist, house.psychologist, house.coordinator] {
      try house.exchange.sync(station)
    }
    return house
  }

  private func end(_ station: Workstation, in house: House) throws {
    let part = try #require(
      house.leader.replica.records.first {
        $0.kind == .participant && $0.identifier(Field.Participant.person) == station.person
      })
    try house.exchange.write([CaseWork.end(participant: part, on: house.day)], at: house.leader)
    try house.exchange.sync(house.leader)
  }

  /// Somebody writes offline, and her part ends before she sends it.
  private func quarantined(_ text: String = text) throws -> House {
    let house = try house()
    try house.exchange.write([house.note(text)], at: house.psychologist)
    try end(house.psychologist, in: house)
    let lines = try house.exchange.sync(house.psychologist)
    #expect(lines.contains { $0.hasPrefix("< verdicts 2, 2 NOT_AVAILABLE waits") })
    return house
  }

  private func notes(_ station: Workstation) -> Set<String> { Set(station.texts(.note, Field.Note.text)) }

  @Test func whatIsAcceptedEntersWithItsAuthor() throws {
    let house = try quarantined()
    let exchange = house.exchange
    let (author, decider) = (house.psychologist, house.coordinator)
    #expect(author.replica.waiting.count == 1 && author.replica.refused.isEmpty && notes(author).isEmpty)
    #expect(try exchange.sync(decider).last { $0.contains("notice") } == "< quarantine notice 1")
    #expect(decider.replica.waitingForDecision == 1 && !notes(decider).contains(Self.text))
    let entry = try #require(try exchange.quarantine(of: decider).first)
    #expect(entry.authorName == "Poul" && entry.account == author.replica.membership.account)
    #expect(Bytes.occurs(Self.text, in: entry.changes.map(\.change.payload)))
    try decider.replica.accept(entry, at: exchange.clientTime)
    let lines = try exchange.sync(decider)
    #expect(lines.contains { $0.hasPrefix("< verdicts") && !$0.contains("waits") })
    #expect(notes(decider).contains(Self.text) && decider.replica.waitingForDecision == 0)
    // Whose it is, and when she wrote it, says the change itself.
    let change = try #require(exchange.server.store.log.last { $0.isAccepted }?.change)
    #expect(change.header.author == decider.replica.membership.account)
    #expect(change.origin?.header.author == author.replica.membership.account)
    #expect(change.origin?.header.writtenAt == entry.changes[0].change.header.writtenAt)
    // Others have it, and its author is told.
    try exchange.sync(house.leader)
    #expect(notes(house.leader).contains(Self.text))
    #expect(try exchange.sync(author).contains { $0 == "< quarantine decisions 1" })
    #expect(author.replica.waiting.isEmpty && author.replica.declined.isEmpty && notes(author).isEmpty)
    #expect(try exchange.quarantine(of: decider).isEmpty)
    #expect(author.faults.isEmpty && decider.faults.isEmpty)
  }

  @Test func whatIsRefusedGoesBackWithAReason() throws {
    let house = try quarantined()
    let exchange = house.exchange
    let name = try #require(try exchange.quarantine(of: house.coordinator).first?.name)
    // Its author is connected and hears it at once.
    try exchange.connect(house.psychologist)
    exchange.run()
    let reports = try exchange.refuse(name, because: .notNeeded, by: house.coordinator)
    #expect(reports.contains { if case .quarantineRefused = $0 { true } else { false } })
    #expect(house.psychologist.replica.declined == [name: .notNeeded])
    #expect(exchange.server.store.quarantine.waiting.isEmpty)
    // Decided is decided: neither again nor otherwise.
    let again = try exchange.refuse(name, because: .other, by: house.coordinator)
    #expect(again.contains { if case .refused(_, .notAvailable) = $0 { true } else { false } })
  }

  /// The connection broke before its author heard that it waits; meanwhile somebody decided.
  @Test func whatWasDecidedBeforeItsAuthorHeardThatItWaitsSheIsToldAtOnce() throws {
    let house = try house()
    let exchange = house.exchange
    try end(house.psychologist, in: house)
    let peer = try Peer.welcomed(exchange, as: house.psychologist)
    let entry = try exchange.write([house.note(Self.text)], at: house.psychologist)
    _ = try peer.push([entry])
    exchange.server.closed(peer.connection)
    let name = try #require(try exchange.quarantine(of: house.coordinator).first?.name)
    _ = try exchange.refuse(name, because: .notNeeded, by: house.coordinator)
    let lines = try exchange.sync(house.psychologist)
    #expect(lines.contains { $0.hasPrefix("< verdicts 2, 2 NOT_AVAILABLE waits") })
    #expect(house.psychologist.replica.waiting.isEmpty)
    #expect(house.psychologist.replica.declined == [name: .notNeeded])
  }

  /// What waits stands for what her device wrote before it forked, and whoever accepts it stands for that.
  @Test func whatADeviceWroteAgainAfterItForkedIsAcceptedToo() throws {
    let house = try house()
    let exchange = house.exchange
    try house.fork(house.psychologist)
    try end(house.psychologist, in: house)
    let lines = try exchange.sync(house.psychologist)
    #expect(lines.contains { $0.hasPrefix("< verdicts 1, 1 NOT_AVAILABLE waits") }, "\(lines)")
    let entry = try #require(try exchange.quarantine(of: house.coordinator).first)
    #expect(entry.changes.allSatisfy { $0.change.origin != nil })
    try house.coordinator.replica.accept(entry, at: exchange.clientTime)
    #expect(try exchange.sync(house.coordinator).contains("< verdicts 1"))
    #expect(notes(house.coordinator).contains("written in its place"))
    #expect(exchange.server.store.quarantine.waiting.isEmpty)
    try exchange.sync(house.psychologist)
    #expect(house.psychologist.replica.waiting.isEmpty && house.psychologist.replica.declined.isEmpty)
  }

  /// Somebody decides between the answer to what its author asked and what she follows with.
  @Test func whatIsDecidedBehindTheAnswerToItsAuthorSheIsTold() throws {
    let house = try quarantined()
    let exchange = house.exchange
    let name = try #require(try exchange.quarantine(of: house.coordinator).first?.name)
    let author = try Peer.welcomed(exchange, as: house.psychologist)
    let asked = try author.say { $0.quarantineInquiry.entries = [name.message] }
    #expect(asked == ["< quarantine decisions 1"])
    let decider = try Peer.welcomed(exchange, as: house.coordinator)
    let refusal =
      try WireClientMessage.with {
        $0.quarantineRefusal.request = 1
        $0.quarantineRefusal.name = name.message
        $0.quarantineRefusal.reason = .notNeeded
      }.serializedBytes() as [UInt8]
    exchange.server.received(refusal, on: decider.connection)
    exchange.server.commit()
    #expect(author.answers() == ["< quarantine decisions 1"])
  }

  /// A name that she cannot have been told: a guess at one that is there is answered as a guess at nothing.
  @Test func whatWasCreatedAfterHerPartEndedIsNotThereForHer() throws {
    let house = try house()
    let exchange = house.exchange
    let known = house.note("known", id: exchange.identifier())
    try exchange.write([known], at: house.leader)
    for station in [house.leader, house.psychologist] { try exchange.sync(station) }
    try end(house.psychologist, in: house)
    let later = house.note("later", id: exchange.identifier())
    try exchange.write([later], at: house.leader)
    try exchange.sync(house.leader)
    for (id, answer) in [
      (known.id, "NOT_AVAILABLE waits"), (later.id, "NOT_AVAILABLE,"),
      (exchange.identifier(), "NOT_AVAILABLE,"),
    ] {
      let peer = try Peer.welcomed(exchange, as: house.psychologist)
      var guess = RecordDraft(
        id: id, kind: .note, caseID: house.caseID, about: [], informationType: .social, isNew: false)
      guess.write(Field.Note.title, "guessed")
      let entry = try exchange.write([guess], at: house.psychologist)
      let lines = try peer.push([entry])
      #expect(lines.contains { $0.hasPrefix("< verdicts") && "\($0),".contains(answer) }, "\(lines)")
      exchange.server.closed(peer.connection)
    }
  }

  @Test func nobodyElseDecidesOrSeesIt() throws {
    let house = try quarantined()
    let exchange = house.exchange
    let name = try #require(try exchange.quarantine(of: house.coordinator).first?.name)
    let stranger = try exchange.newcomer("Ulla", as: .familyCoordinator)
    for station in [house.leader, house.psychologist, stranger] {
      #expect(try exchange.quarantine(of: station).isEmpty)
      let reports = try exchange.refuse(name, because: .other, by: station)
      #expect(reports.contains { if case .refused(_, .notAvailable) = $0 { true } else { false } })
      #expect(!Bytes.occurs(Self.text, in: station === house.psychologist ? [] : station.received))
      #expect(station.replica.waitingForDecision == 0)
    }
    #expect(exchange.server.store.quarantine.waiting.count == 1)
  }

  /// Somebody who may not decide brings it in as if she did.
  @Test func nobodyElseBringsItIn() throws {
    let house = try quarantined()
    let exchange = house.exchange
    let entry = try #require(try exchange.quarantine(of: house.coordinator).first)
    try house.leader.replica.accept(entry, at: exchange.clientTime)
    #expect(try exchange.sync(house.leader).contains { $0.contains("FORBIDDEN") && !$0.contains("waits") })
    #expect(exchange.server.store.quarantine.waiting.count == 1)
  }

  @Test func undecidedForThirtyDaysItIsTheLeadersToo() throws {
    let house = try quarantined()
    let exchange = house.exchange
    #expect(try exchange.quarantine(of: house.leader).isEmpty)
    exchange.server.now += GoverningState.quarantinePatience
    #expect(try exchange.quarantine(of: house.leader).count == 1)
    #expect(house.leader.replica.waitingForDecision == 1)
    #expect(try exchange.quarantine(of: house.coordinator).count == 1)
  }

  /// Found by simulation (seed 576): a leader without a part in the case decides, since nobody did for long.
  @Test func whoDecidesAndDoesNotReadKeepsNothing() throws {
    let house = try quarantined()
    let exchange = house.exchange
    try end(house.leader, in: house)
    exchange.server.now += GoverningState.quarantinePatience
    try exchange.sync(house.leader)
    #expect(notes(house.leader).isEmpty)
    let entry = try #require(try exchange.quarantine(of: house.leader).first)
    try house.leader.replica.accept(entry, at: exchange.clientTime)
    for _ in 0..<2 { try exchange.sync(house.leader) }
    #expect(exchange.server.store.quarantine.waiting.isEmpty)
    #expect(notes(house.leader).isEmpty && exchange.server.store.exits(of: house.leader.actor).isEmpty)
    #expect(!house.leader.replica.records.contains { $0.kind == .note })
    try exchange.sync(house.coordinator)
    #expect(notes(house.coordinator).contains(Self.text) && house.leader.faults.isEmpty)
  }

  @Test func whatWasNeverAllowedIsRefused() throws {
    let house = try house()
    let exchange = house.exchange
    let stranger = try exchange.newcomer("Ulla", as: .coreTeam)
    try exchange.write([house.note(Self.text)], at: stranger)
    #expect(try exchange.sync(stranger).contains { $0.hasPrefix("< verdicts 1, 1 NOT_AVAILABLE,") })
    #expect(stranger.replica.refused == [1: .notAvailable])
    #expect(exchange.server.store.quarantine.waiting.isEmpty)
    // What governs is a proposal, and never waits.
    try exchange.write(
      [
        CaseWork.participant(
          id: exchange.identifier(), in: house.caseID, person: stranger.person, role: .coreTeam)
      ], at: house.coordinator)
    try end(house.coordinator, in: house)
    try exchange.sync(house.coordinator)
    #expect(house.coordinator.replica.refused.count == 1 && house.coordinator.replica.waiting.isEmpty)
  }

  /// A device that has been back since knows that the right is gone.
  @Test func whatIsWrittenInKnowledgeOfTheEndIsRefused() throws {
    let house = try house()
    let exchange = house.exchange
    try end(house.psychologist, in: house)
    for _ in 0..<2 { try exchange.sync(house.psychologist) }
    try exchange.write([house.note(Self.text)], at: house.psychologist)
    try exchange.sync(house.psychologist)
    #expect(house.psychologist.replica.refused.count == 1 && house.psychologist.replica.waiting.isEmpty)
  }

  /// A session that broke off after it began took nothing of what waits with it.
  @Test func aSessionThatBreaksOffIsNoContact() throws {
    let house = try house()
    let exchange = house.exchange
    try exchange.write([house.note(Self.text)], at: house.psychologist)
    try end(house.psychologist, in: house)
    exchange.onFrame = { Line.of($0).hasPrefix("> push") ? [] : [$0] }
    for _ in 0..<3 { try exchange.sync(house.psychologist) }
    exchange.onFrame = { [$0] }
    try exchange.sync(house.psychologist)
    #expect(house.psychologist.replica.waiting.count == 1)
  }

  @Test func rightsThatEndWithTimeCountLikewise() throws {
    let house = try House()
    let exchange = house.exchange
    let station = try exchange.newcomer("Ulla", as: .coreTeam)
    let until = exchange.server.now + 3_600_000
    try exchange.write(
      [
        CaseWork.participant(
          id: exchange.identifier(), in: house.caseID, person: station.person, role: .coreTeam,
          from: exchange.server.now, until: until)
      ], at: house.leader)
    try exchange.sync(house.leader)
    try exchange.sync(station)
    try exchange.write([house.note(Self.text)], at: station)
    exchange.server.pass(until: until)
    try exchange.sync(station)
    #expect(station.replica.waiting.count == 1)
    let entry = try #require(try exchange.quarantine(of: house.coordinator).first)
    try house.coordinator.replica.accept(entry, at: exchange.clientTime)
    try exchange.sync(house.coordinator)
    #expect(notes(house.coordinator).contains(Self.text))
  }

  /// A record is created and changed by acts of their own; both wait, and both are taken in.
  @Test func whatBuildsOnWhatWaitsWaits() throws {
    let house = try house()
    let exchange = house.exchange
    let note = house.note("first")
    try exchange.write([note], at: house.psychologist)
    let record = try #require(house.psychologist.record(note.id))
    var more = RecordDraft.change(record)
    more.write(Field.Note.text, "then more")
    try exchange.write([more], at: house.psychologist)
    try end(house.psychologist, in: house)
    try exchange.sync(house.psychologist)
    #expect(house.psychologist.replica.waiting.count == 2)
    for entry in try exchange.quarantine(of: house.coordinator) {
      try house.coordinator.replica.accept(entry, at: exchange.clientTime)
    }
    try exchange.sync(house.coordinator)
    #expect(notes(house.coordinator).contains { $0.contains("first") && $0.contains("then more") })
    #expect(exchange.server.store.quarantine.waiting.isEmpty)
    // A retry of the author's is judged as before.
    try exchange.sync(house.psychologist)
    #expect(house.psychologist.replica.waiting.isEmpty && house.psychologist.replica.refused.isEmpty)
  }

  /// Of what governs, a change was refused and a later one of the same actor accepted.
  @Test func aRefusedChangeOfWhatGovernsIsPassedOver() throws {
    let house = try house()
    let exchange = house.exchange
    func end(at station: Workstation) throws {
      let part = try #require(
        station.replica.records.first {
          $0.kind == .participant && $0.identifier(Field.Participant.person) == house.psychologist.person
        })
      try exchange.write([CaseWork.end(participant: part, on: house.day)], at: station)
    }
    try end(at: house.coordinator)
    try end(at: house.leader)
    try exchange.sync(house.leader)
    #expect(try exchange.sync(house.coordinator).contains { $0.contains("ALREADY_DECIDED") })
    try end(at: house.coordinator)
    let accepted = ["< verdicts 2", "< verdicts 2, cursor"]
    #expect(try exchange.sync(house.coordinator).contains(where: accepted.contains))
    try exchange.write([house.note(Self.text)], at: house.psychologist)
    try exchange.sync(house.psychologist)
    #expect(house.psychologist.replica.waiting.count == 1)
  }

  /// The server is put back to before it had what waits.
  @Test func aServerThatWasSetBackGetsItAgain() throws {
    let house = try house()
    let exchange = house.exchange
    try exchange.write([house.note(Self.text)], at: house.psychologist)
    try end(house.psychologist, in: house)
    let backup = exchange.server
    try exchange.sync(house.psychologist)
    #expect(house.psychologist.replica.waiting.count == 1)
    exchange.server = backup
    exchange.server.restart(seed: 99)
    for _ in 0..<3 { try exchange.sync(house.psychologist) }
    #expect(exchange.server.store.quarantine.waiting.count == 1)
    for _ in 0..<3 { try exchange.sync(house.coordinator) }
    let found = try exchange.quarantine(of: house.coordinator)
    #expect(found.count == 1)
    #expect(Bytes.occurs(Self.text, in: found.flatMap { $0.changes.map(\.change.payload) }))
    #expect(house.psychologist.faults.isEmpty)
  }

  @Test func noDeviceFillsIt() throws {
    let house = try house()
    let exchange = house.exchange
    for number in 0...Limits.quarantinedEntries {
      try exchange.write([house.note("number \(number)")], at: house.psychologist)
    }
    try end(house.psychologist, in: house)
    try exchange.sync(house.psychologist)
    #expect(house.psychologist.replica.waiting.count == Limits.quarantinedEntries)
    #expect(house.psychologist.replica.refused.values.map(\.self) == [.quarantineFull])
  }
}
