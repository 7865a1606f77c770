import CRDT
import CaseModel
import Replication
import Testing
import WireProtocol

/// Work without a verdict that builds on what a restored server lost, and that another device gives back.
@Suite struct AwaitedWorkTests {
  /// The server is the one that it was before, and nobody was told.
  private func setBack(_ exchange: Exchange, to earlier: ServerModel) {
    exchange.server = earlier
    exchange.server.restart(seed: 99)
  }

  /// A house whose server lost a note of the coordinator's, which the psychologist has as a state and wrote
  /// a title for.
  private func houseThatLostANote() throws -> (house: House, note: Identifier) {
    let house = try House()
    let exchange = house.exchange
    let earlier = exchange.server
    let note = exchange.identifier()
    try exchange.write([house.note("lost with the server", id: note)], at: house.coordinator)
    for station in [house.coordinator, house.psychologist] { try exchange.sync(station) }
    var draft = RecordDraft.change(try #require(house.psychologist.record(note)))
    draft.write(Field.Note.title, "built on it")
    try exchange.write([draft], at: house.psychologist)
    setBack(exchange, to: earlier)
    // The psychologist comes first: the server is found out, and she goes on under a new actor.
    for last in ["< failure RETRY", "< hello"] {
      #expect(try exchange.sync(house.psychologist).last == last)
    }
    _ = house.psychologist.takeReports()
    return (house, note)
  }

  @Test func itWaitsUntilWhatItBuildsOnIsBackAndIsWrittenAgainByItself() throws {
    let (house, note) = try houseThatLostANote()
    let exchange = house.exchange
    let station = house.psychologist
    let lines = try exchange.sync(station)
    #expect(
      lines.filter { !$0.hasPrefix("<") || $0.hasPrefix("< verdicts") } == [
        "> hello, succeeding", "> authentication", "> inventory 8", "> holdings 7", "> follow", "> push 1",
        "< verdicts 1, 1 AWAITED, cursor", "> delivered 1",
      ])
    #expect(station.replica.refused.isEmpty && station.replica.awaiting.count == 1)
    // Before the note is back, nothing is written again: that would be refused once more.
    #expect(try !exchange.sync(station).contains { $0.hasPrefix("> push") })

    for _ in 0..<3 { try exchange.sync(house.coordinator) }
    #expect(exchange.server.store.records[note]?.state.text(Field.Note.text.id).string != nil)
    #expect(try !exchange.sync(station).contains { $0.hasPrefix("> push") })
    #expect(station.texts(.note, Field.Note.text) == ["lost with the server"])
    let again = try exchange.sync(station)
    #expect(again.contains("> push 2") && again.contains("< verdicts 2, cursor"))
    #expect(station.replica.refused.isEmpty && station.replica.awaiting.isEmpty)
    try exchange.sync(house.coordinator)
    for person in [house.coordinator, station] {
      #expect(person.record(note)?.state.value(Field.Note.title.id) == .text("built on it"))
      #expect(person.faults.isEmpty)
    }
    #expect(try !exchange.sync(station).contains { $0.hasPrefix("> push") })
  }

  /// The epoch begins between the server's hello and the device's authentication, and the device has a
  /// successor already: it would take itself to be in the epoch before, and give back nothing of others.
  @Test func whoWasGreetedInTheEpochBeforeComesAgain() throws {
    let house = try House()
    let exchange = house.exchange
    let (station, other) = (house.psychologist, house.coordinator)
    let earlier = exchange.server
    let note = exchange.identifier()
    try exchange.write([house.note("lost with the server", id: note)], at: other)
    // A state first, and then a change of it, which is kept as one.
    for person in [other, station] { try exchange.sync(person) }
    try exchange.write([house.annotation(Field.Assessment.childNotes, "hers", at: other)], at: other)
    for person in [other, station] { try exchange.sync(person) }
    try exchange.write([house.annotation(Field.Assessment.childNotes, "on hers", at: station)], at: station)
    setBack(exchange, to: earlier)
    for last in ["< failure RETRY", "< hello"] { #expect(try exchange.sync(station).last == last) }
    // It is set back once more, and the other one finds that out while this one is greeted.
    exchange.server = earlier
    exchange.server.restart(seed: 98)
    try exchange.connect(other)
    _ = exchange.step()
    let connection = try exchange.connect(station)
    exchange.run()
    #expect(
      exchange.lines[connection] == [
        "> hello, succeeding", "< hello", "> authentication", "< failure RETRY",
      ])
    let lines = try exchange.sync(station)
    #expect(lines.contains { $0.hasPrefix("> offer") })
    for _ in 0..<2 { for person in [other, station] { try exchange.sync(person) } }
    for person in [other, station] {
      #expect(person.replica.refused.isEmpty && person.replica.awaiting.isEmpty && person.faults.isEmpty)
      let assessment = try #require(person.record(house.assessment))
      #expect(assessment.state.value(Field.Assessment.childNotes.id) == .text("on hers"))
    }
  }

  @Test func whatIsCreatedInACaseThatIsAwaitedWaits() throws {
    let exchange = try Exchange()
    let leader = try exchange.newcomer("Lene", as: .leader)
    let coordinator = try exchange.newcomer("Karin", as: .familyCoordinator)
    for station in [leader, coordinator] { try exchange.sync(station) }
    let earlier = exchange.server
    let day = try CalendarDay(year: 2020, month: 7, day: 1)
    let caseID = exchange.identifier()
    try exchange.write(
      CaseWork.open(
        case: caseID, label: "F01", on: day, creator: leader.person, as: .leader,
        identify: { _ in exchange.identifier() }), at: leader)
    try exchange.write(
      CaseWork.allocate(
        CaseFile(id: caseID, records: leader.replica.records), coordinator: coordinator.person,
        members: [], on: day, identify: { _ in exchange.identifier() }), at: leader)
    for station in [leader, coordinator] { try exchange.sync(station) }
    let note = exchange.identifier()
    try exchange.write([CaseWork.note(id: note, in: caseID, text: "at home", on: day)], at: coordinator)
    setBack(exchange, to: earlier)
    for _ in 0..<2 { try exchange.sync(coordinator) }
    #expect(try exchange.sync(coordinator).contains("< verdicts 1, 1 AWAITED, cursor"))
    for _ in 0..<3 { try exchange.sync(leader) }
    // The case comes, and what waits for it goes with the next session.
    #expect(try !exchange.sync(coordinator).contains { $0.hasPrefix("> push") })
    #expect(try exchange.sync(coordinator).contains("< verdicts 2, cursor"))
    #expect(exchange.server.store.records[note]?.state.text(Field.Note.text.id).string == "at home")
    #expect(coordinator.replica.refused.isEmpty && coordinator.faults.isEmpty)
    try exchange.sync(leader)
    #expect(leader.texts(.note, Field.Note.text) == ["at home"])
  }

  /// A server that waits says of everything else what it says ever.
  @Test func whereNothingOfItIsAwaitedTheCodesAreTheSame() throws {
    let (house, _) = try houseThatLostANote()
    let station = house.psychologist
    try house.exchange.sync(station)
    let facts = RecordFacts(
      tenant: house.exchange.tenant.id, caseID: house.exchange.identifier(), kind: RecordKind.note.rawValue,
      created: 1, about: [house.caseID])
    var unknown = VersionVector()
    unknown.insert(ChangeID(actor: ActorID(rawValue: 77), number: 1))
    let entries = linked(
      [
        change(in: house.exchange.identifier(), by: station, house),
        change(in: house.exchange.identifier(), creates: facts, by: station, house),
        change(in: house.assessment, seen: unknown, by: station, house),
      ], by: station, house)
    let peer = try Peer.welcomed(house.exchange, as: station)
    #expect(try peer.push(entries) == ["< verdicts 2-4, 2 NOT_AVAILABLE, 3 NOT_AVAILABLE, 4 CAUSALITY"])
  }

  /// The first change of a device in a record.
  private func change(
    in record: Identifier, seen version: VersionVector = VersionVector(), creates: RecordFacts? = nil,
    by station: Workstation, _ house: House
  ) -> EncodedChange {
    EncodedChange(
      header: ChangeHeader(
        record: record, id: ChangeID(actor: station.actor, number: 1),
        author: station.replica.membership.account, writtenAt: 1, version: version, creates: creates),
      payload: Payload(salt: house.exchange.identifier(), operations: []).encoded)
  }

  /// Entries of one first change each, behind a device's journal.
  private func linked(
    _ changes: [EncodedChange], by station: Workstation, _ house: House
  ) -> [LinkedEntry] {
    var journal = station.replica.journal()
    return changes.map { change in
      let start = Chain.start(
        tenant: house.exchange.tenant.id, record: change.header.record, actor: station.actor)
      let digest = change.digest(after: start)
      journal = journal.appending(changes: [digest])
      return LinkedEntry(
        entry: JournalEntry(number: journal.entries, changes: [change]), digests: [digest], journal: journal)
    }
  }
}
