import CRDT
import CaseModel
import Replication
import Testing
import WireProtocol

/// What was written without knowing that more may read its record waits for its author.
@Suite struct HeldTests {
  static let canary = "written-before-she-knew"

  private static func isCanaryAmong(_ received: [[UInt8]]) -> Bool { Bytes.occurs(canary, in: received) }

  @Test func nobodyIsSentItBeforeItsAuthorConfirms() throws {
    let home = try Home.held()
    let (exchange, author) = (home.exchange, home.author)
    let written = author.replica.entries.last?.linked.entry.changes.first
    // It is shown no more, not lost, and not refused.
    #expect(author.replica.held.count == 1 && author.replica.refused.isEmpty && home.text(author) == "first")
    for station in [home.mother, home.house.coordinator, home.house.leader] {
      try exchange.sync(station)
      #expect(try exchange.quarantine(of: station).isEmpty && station.replica.waitingForDecision == 0)
      #expect(!Self.isCanaryAmong(station.received) && home.text(station) == "first")
    }
    try author.replica.confirmHeld(at: exchange.clientTime)
    #expect(home.isAccepted(try exchange.sync(author)))
    #expect(author.replica.held.isEmpty && home.waiting == 0)
    try exchange.sync(home.mother)
    #expect(home.text(home.mother)?.contains(Self.canary) == true)
    #expect(home.text(author)?.contains(Self.canary) == true)
    // Whose it is, and when she wrote it, is as it was.
    let change = try #require(exchange.server.store.log.last { $0.isAccepted }?.change)
    let original = try #require(change.origin?.header)
    #expect(original == written?.header && original.audienceSeen.isEmpty)
    #expect(change.header.audienceSeen.count == 1 && change.header.author == original.author)
    #expect(author.faults.isEmpty && home.mother.faults.isEmpty)
  }

  @Test func whoKnewOfTheReleaseIsNotAsked() throws {
    let home = try Home()
    try home.release()
    try home.exchange.sync(home.author)
    try home.edit("knowing", at: home.author)
    #expect(home.isAccepted(try home.exchange.sync(home.author)))
    try home.exchange.sync(home.mother)
    #expect(home.text(home.mother)?.contains("knowing") == true)
  }

  @Test func whereNothingSaysWhoReadsAChangeSaysNothingOfIt() throws {
    let home = try Home()
    try home.edit("plain", at: home.author)
    try home.exchange.sync(home.author)
    #expect(home.exchange.server.store.log.allSatisfy { $0.change.header.audienceSeen.isEmpty })
  }

  /// Who released it may be told nothing new by her own release, on whichever of her devices.
  @Test func onesOwnWideningIsKnown() throws {
    let home = try Home()
    try home.release()
    let station = home.house.coordinator
    // As a device of hers that has not heard of it.
    let record = try #require(station.record(home.note))
    var draft = RecordDraft.change(record)
    draft.write(Field.Note.title, "mine")
    let known = station.replica.snapshots
    station.replica.snapshots = known.filter { $0.value.facts?.kind != RecordKind.release.rawValue }
    let entry = try home.exchange.write([draft], at: station)
    station.replica.snapshots = known
    #expect(entry.entry.changes.allSatisfy { $0.header.audienceSeen.isEmpty })
    #expect(home.isAccepted(try home.exchange.sync(station)))
  }

  @Test func aRestrictionIsNoReason() throws {
    let home = try Home()
    try home.edit("one", at: home.author)
    let id = try home.reclassify(roles: [.coreTeam, .familyCoordinator])
    #expect(home.isAccepted(try home.exchange.sync(home.author)))
    // And further ones, of somebody who knew of the first alone.
    try home.exchange.sync(home.author)
    try home.edit("two", at: home.author)
    var closer = RecordDraft.change(try #require(home.house.coordinator.record(id)))
    closer.add(Field.Reclassification.excludedPersons, [home.house.leader.person])
    closer.add(Field.Reclassification.about, [home.house.caseID, home.mother.person])
    let type = try #require(home.author.record(home.note)?.informationType)
    closer.add(Field.Reclassification.types, [type, .health])
    try home.exchange.write([closer], at: home.house.coordinator)
    try home.exchange.sync(home.house.coordinator)
    #expect(home.isAccepted(try home.exchange.sync(home.author)))
    #expect(home.waiting == 0)
  }

  /// Somebody is let in whom the audience that the author knew did not.
  @Test func aWiderAudienceIsAReason() throws {
    let home = try Home()
    let id = try home.reclassify(roles: [.coreTeam, .familyCoordinator])
    try home.exchange.sync(home.author)
    try home.edit(Self.canary, at: home.author)
    var wider = RecordDraft.change(try #require(home.house.coordinator.record(id)))
    wider.add(Field.Reclassification.persons, [home.house.leader.person])
    try home.exchange.write([wider], at: home.house.coordinator)
    try home.exchange.sync(home.house.coordinator)
    #expect(try home.exchange.sync(home.author).contains { $0.contains("WIDENED held") })
    try home.author.replica.confirmHeld(at: home.exchange.clientTime)
    #expect(home.isAccepted(try home.exchange.sync(home.author)))
  }

  @Test(arguments: [true, false]) func otherSubjectsOrTypesAreAReason(ofSubjects: Bool) throws {
    let home = try Home()
    try home.edit(Self.canary, at: home.author)
    _ = try home.reclassify(
      about: ofSubjects ? [home.mother.person] : [], types: ofSubjects ? [] : [.health])
    #expect(try home.exchange.sync(home.author).contains { $0.contains("WIDENED held") })
  }

  @Test func aNewPersonInARoleIsNone() throws {
    let home = try Home()
    try home.edit("one", at: home.author)
    let newcomer = try home.exchange.newcomer("Ulla", as: .coreTeam)
    try home.exchange.write(
      [
        CaseWork.participant(
          id: home.exchange.identifier(), in: home.house.caseID, person: newcomer.person, role: .coreTeam)
      ], at: home.house.leader)
    try home.exchange.sync(home.house.leader)
    #expect(home.isAccepted(try home.exchange.sync(home.author)))
    try home.exchange.sync(newcomer)
    #expect(home.text(newcomer)?.contains("one") == true)
  }

  @Test func whatWasTakenBackMeanwhileIsNone() throws {
    let home = try Home()
    try home.edit("one", at: home.author)
    let id = try home.release()
    let release = try #require(home.house.coordinator.record(id))
    try home.exchange.write([try #require(CaseWork.end(governing: release))], at: home.house.coordinator)
    try home.exchange.sync(home.house.coordinator)
    #expect(home.isAccepted(try home.exchange.sync(home.author)))
    // As is one that time ended.
    try home.edit("two", at: home.author)
    let until = home.exchange.server.now + 3_600_000
    try home.exchange.write(
      [
        CaseWork.release(
          id: home.exchange.identifier(), in: home.house.caseID, to: home.mother.person,
          records: [home.note], about: [home.house.caseID], until: until)
      ], at: home.house.coordinator)
    try home.exchange.sync(home.house.coordinator)
    home.exchange.server.pass(until: until + 1)
    #expect(home.isAccepted(try home.exchange.sync(home.author)))
  }

  @Test func aRetryGetsTheSameVerdict() throws {
    let home = try Home()
    try home.edit(Self.canary, at: home.author)
    try home.release()
    home.exchange.onFrame = { Line.of($0).hasPrefix("< verdicts") ? [] : [$0] }
    try home.exchange.sync(home.author)
    #expect(home.author.replica.held.isEmpty && home.waiting == 1)
    home.exchange.onFrame = { [$0] }
    // What it would be now does not count.
    let release = try #require(
      home.house.coordinator.replica.records.first { $0.kind == .release })
    try home.exchange.write([try #require(CaseWork.end(governing: release))], at: home.house.coordinator)
    try home.exchange.sync(home.house.coordinator)
    #expect(try home.exchange.sync(home.author).contains { $0.contains("WIDENED held") })
    #expect(home.author.replica.held.count == 1 && home.waiting == 1)
    try home.author.replica.confirmHeld(at: home.exchange.clientTime)
    #expect(home.isAccepted(try home.exchange.sync(home.author)))
    #expect(home.waiting == 0)
  }

  @Test func undecidedForThirtyDaysItWaitsForOthersToo() throws {
    let home = try Home.held()
    let (exchange, decider) = (home.exchange, home.house.coordinator)
    exchange.server.now += GoverningState.quarantinePatience - 60_000
    #expect(try exchange.quarantine(of: decider).isEmpty)
    exchange.server.now += 60_000
    let entry = try #require(try exchange.quarantine(of: decider).first)
    #expect(entry.code == .widened && decider.replica.waitingForDecision == 1)
    // Leaders have their 30 days after that.
    #expect(try exchange.quarantine(of: home.house.leader).isEmpty)
    try decider.replica.accept(entry, at: exchange.clientTime)
    #expect(home.isAccepted(try exchange.sync(decider)))
    try exchange.sync(home.mother)
    #expect(home.text(home.mother)?.contains(Self.canary) == true)
    try exchange.sync(home.author)
    #expect(home.author.replica.held.isEmpty && home.author.replica.declined.isEmpty && home.waiting == 0)
  }

  @Test func itsAuthorAloneTakesItBack() throws {
    let home = try Home.held()
    let name = try #require(home.author.replica.held.first?.name)
    for station in [home.house.coordinator, home.house.leader, home.mother] {
      let reports = try home.exchange.refuse(name, because: .withdrawn, by: station)
      #expect(reports.contains { if case .refused(_, .notAvailable) = $0 { true } else { false } })
    }
    let reports = try home.exchange.refuse(name, because: .withdrawn, by: home.author)
    #expect(reports.contains { if case .quarantineRefused = $0 { true } else { false } })
    #expect(home.author.replica.declined == [name: .withdrawn] && home.author.replica.held.isEmpty)
    #expect(home.waiting == 0)
    try home.exchange.sync(home.mother)
    #expect(home.text(home.mother) == "first")
  }

  /// Between her confirmation and its arrival the record is released to one more.
  @Test func whatIsWidenedAgainIsHeldAgain() throws {
    let home = try Home.held()
    try home.author.replica.confirmHeld(at: home.exchange.clientTime)
    let father = try home.exchange.newcomer("Far", as: .parent)
    try home.release(to: father.person)
    #expect(try home.exchange.sync(home.author).contains { $0.contains("WIDENED held") })
    // The one takes the other's place.
    #expect(home.author.replica.held.count == 1 && home.waiting == 1)
    try home.author.replica.confirmHeld(at: home.exchange.clientTime)
    #expect(home.isAccepted(try home.exchange.sync(home.author)))
    #expect(home.author.replica.held.isEmpty && home.waiting == 0)
    try home.exchange.sync(home.mother)
    #expect(home.text(home.mother)?.contains(Self.canary) == true)
  }

  /// She wrote on in what was held: it waits with it, and both are brought in.
  @Test func whatBuildsOnHeldIsHeld() throws {
    let home = try Home()
    try home.edit(Self.canary, at: home.author)
    try home.edit("and-on", at: home.author)
    try home.release()
    try home.exchange.sync(home.author)
    #expect(home.author.replica.held.count == 2 && home.author.replica.refused.isEmpty)
    for _ in 0..<2 { try home.author.replica.confirmHeld(at: home.exchange.clientTime) }
    #expect(home.isAccepted(try home.exchange.sync(home.author)))
    try home.exchange.sync(home.mother)
    #expect(home.text(home.mother) == "first \(Self.canary) and-on")
  }

  /// She knew of the release when she wrote on, and not that what she wrote on was to be held.
  @Test func whatBuildsOnHeldIsHeldThoughItsAuthorKnew() throws {
    let home = try Home()
    try home.edit(Self.canary, at: home.author)
    try home.release()
    // The release reaches her before the verdict.
    home.exchange.onFrame = { Line.of($0).hasPrefix("> push") ? [] : [$0] }
    try home.exchange.sync(home.author)
    home.exchange.onFrame = { [$0] }
    try home.edit("and-on", at: home.author)
    try home.exchange.sync(home.author)
    #expect(home.author.replica.held.count == 2 && home.author.replica.refused.isEmpty)
    for _ in 0..<2 { try home.author.replica.confirmHeld(at: home.exchange.clientTime) }
    #expect(home.isAccepted(try home.exchange.sync(home.author)))
    try home.exchange.sync(home.mother)
    #expect(home.text(home.mother) == "first \(Self.canary) and-on")
  }

  /// A mother does not read what releases her own note to another; she is told when she is asked.
  @Test func whoMayNotReadTheReleaseIsToldOfIt() throws {
    let home = try Home()
    let own = home.exchange.identifier()
    try home.exchange.write([home.house.note("hers", id: own)], at: home.mother)
    try home.exchange.sync(home.mother)
    let father = try home.exchange.newcomer("Far", as: .parent)
    try home.exchange.write(
      [
        CaseWork.release(
          id: home.exchange.identifier(), in: home.house.caseID, to: father.person, records: [own],
          about: [home.house.caseID])
      ], at: home.house.coordinator)
    try home.exchange.sync(home.house.coordinator)
    func edit(_ text: String) throws {
      var draft = RecordDraft.change(try #require(home.mother.record(own)))
      draft.write(Field.Note.title, text)
      try home.exchange.write([draft], at: home.mother)
    }
    try home.exchange.sync(home.mother)
    try edit(Self.canary)
    #expect(try home.exchange.sync(home.mother).contains { $0.contains("WIDENED held") })
    #expect(!home.mother.replica.records.contains { $0.kind == .release })
    try home.mother.replica.confirmHeld(at: home.exchange.clientTime)
    #expect(home.isAccepted(try home.exchange.sync(home.mother)))
    // She knows it now.
    try edit("again")
    #expect(home.isAccepted(try home.exchange.sync(home.mother)))
  }

  @Test func aServerThatWasSetBackHoldsItAgain() throws {
    let home = try Home()
    try home.edit(Self.canary, at: home.author)
    try home.release()
    let backup = home.exchange.server
    try home.exchange.sync(home.author)
    #expect(home.author.replica.held.count == 1)
    home.exchange.server = backup
    home.exchange.server.restart(seed: 99)
    for _ in 0..<3 { try home.exchange.sync(home.author) }
    #expect(home.author.replica.held.count == 1 && home.waiting == 1)
    for _ in 0..<3 { try home.exchange.sync(home.mother) }
    #expect(!Self.isCanaryAmong(home.mother.received))
    try home.author.replica.confirmHeld(at: home.exchange.clientTime)
    #expect(home.isAccepted(try home.exchange.sync(home.author)))
    #expect(home.author.faults.isEmpty && home.waiting == 0)
  }

  /// What was accepted keeps its verdict when it is given back, whoever may read the record since.
  @Test func whatIsGivenBackKeepsItsVerdict() throws {
    let home = try Home()
    let backup = home.exchange.server
    try home.edit("accepted", at: home.author)
    #expect(home.isAccepted(try home.exchange.sync(home.author)))
    home.exchange.server = backup
    home.exchange.server.restart(seed: 99)
    for _ in 0..<2 { try home.exchange.sync(home.house.coordinator) }
    try home.release()
    for _ in 0..<3 { try home.exchange.sync(home.author) }
    #expect(home.author.replica.held.isEmpty && home.waiting == 0)
    for _ in 0..<3 { try home.exchange.sync(home.mother) }
    #expect(home.text(home.mother)?.contains("accepted") == true)
  }

  /// A protected contact says itself who reads it, so the change's own vector tells.
  @Test func aProtectedContactIsHeldByItsOwnAudience() throws {
    let home = try Home()
    let (exchange, author, coordinator) = (home.exchange, home.author, home.house.coordinator)
    let id = exchange.identifier()
    try exchange.write(
      [
        CaseWork.protectedContact(
          id: id, in: home.house.caseID, about: [home.house.caseID], sort: "address", text: "old",
          audience: [author.person])
      ], at: coordinator)
    for station in [coordinator, author] { try exchange.sync(station) }
    func change(_ station: Workstation, _ fill: (inout RecordDraft) -> Void) throws {
      var draft = RecordDraft.change(try #require(station.record(id)))
      fill(&draft)
      try exchange.write([draft], at: station)
    }
    try change(author) { $0.write(Field.ProtectedContact.text, "one") }
    try change(coordinator) { $0.add(Field.ProtectedContact.excludedRoles, [Int64(Role.coreTeam.rawValue)]) }
    try exchange.sync(coordinator)
    #expect(home.isAccepted(try exchange.sync(author)))
    try change(author) { $0.write(Field.ProtectedContact.text, Self.canary) }
    try change(coordinator) { $0.add(Field.ProtectedContact.persons, [home.house.leader.person]) }
    try exchange.sync(coordinator)
    #expect(try exchange.sync(author).contains { $0.contains("WIDENED held") })
    try exchange.sync(home.house.leader)
    #expect(!Self.isCanaryAmong(home.house.leader.received))
    try author.replica.confirmHeld(at: exchange.clientTime)
    #expect(home.isAccepted(try exchange.sync(author)))
    try exchange.sync(home.house.leader)
    #expect(home.house.leader.record(id)?.text(Field.ProtectedContact.text) == Self.canary)
  }

  /// What takes a right away never waits, whatever it comes with.
  @Test func whatRestrictsIsNotHeldUp() throws {
    let home = try Home()
    let (exchange, leader) = (home.exchange, home.house.leader)
    try exchange.sync(leader)
    var draft = RecordDraft.change(try #require(leader.record(home.note)))
    draft.write(Field.Note.title, "beside it")
    try exchange.write(
      [
        draft,
        CaseWork.withhold(
          id: exchange.identifier(), in: home.house.caseID, from: home.mother.person, wholeCase: true),
      ], at: leader)
    try home.release()
    #expect(home.isAccepted(try exchange.sync(leader)))
  }
}
