import CRDT
import CaseModel
import Replication
import Testing
import WireProtocol

/// A refusal in the middle of a push: what it takes with it, and what it leaves.
@Suite struct RefusalTests {
  @Test func whatIsIndependentIsAcceptedAndWhatBuildsOnTheRefusedIsNot() throws {
    let house = try House()
    let exchange = house.exchange
    let station = house.coordinator
    let early = exchange.identifier()
    let refused = exchange.identifier()
    try exchange.write([house.note("early", id: early)], at: station)
    // Only a leader discharges: the whole act is refused, its note with it.
    try exchange.write([dischargeOf(house), house.note("in the same act", id: refused)], at: station)
    try exchange.write([house.note("late")], at: station)
    try exchange.write([change(refused, to: "builds on it", at: station)], at: station)
    try exchange.write([change(early, to: "early, revised", at: station)], at: station)
    let lines = try exchange.sync(station)
    #expect(lines.contains("< verdicts 1-5, 2 FORBIDDEN, 4 NOT_AVAILABLE, cursor"))
    #expect(station.replica.refused == [2: .forbidden, 4: .notAvailable])
    #expect(station.replica.entries[1].verdict?.refusal?.change == 0)
    #expect(station.takeReports() == [.opened, .upToDate])
    #expect(station.texts(.note, Field.Note.text) == ["early, revised", "late"])
    #expect(station.texts(.discharge, Field.Discharge.dischargedOn).isEmpty)
    // The author still has what she wrote.
    let kept = station.replica.entries[1].linked.entry.changes
    #expect(Bytes.occurs("in the same act", in: kept.map(\.payload)))

    try exchange.sync(house.psychologist)
    #expect(house.psychologist.texts(.note, Field.Note.text) == ["early, revised", "late"])
    #expect(house.psychologist.record(refused) == nil)
    #expect(house.psychologist.faults.isEmpty)
  }

  /// Two copies of a device may both try to create what one of them wrote before. Whose attempt is accepted
  /// must learn of the other's void number (simulated seed 36032).
  @Test(arguments: [true, false]) func whoCreatesARecordLearnsWhatWasRefusedInItBefore(isLive: Bool) throws {
    let house = try House()
    let exchange = house.exchange
    let (early, late) = (house.psychologist, house.coordinator)
    let id = exchange.identifier()
    try exchange.write([dischargeOf(house), house.note("refused", id: id)], at: early)
    try exchange.sync(early)
    #expect(early.replica.refused == [1: .forbidden])
    try exchange.write([house.note("accepted", id: id)], at: late)
    if isLive { try exchange.connect(late) }
    exchange.run()
    try exchange.sync(late)
    #expect(late.record(id)?.state == exchange.server.store.record(id)?.state)
    // What the other writes next goes on from the number that was refused.
    try exchange.sync(early)
    try exchange.write([change(id, to: "revised", at: early)], at: early)
    try exchange.sync(early)
    try exchange.sync(late)
    #expect(late.texts(.note, Field.Note.text) == ["revised"])
    #expect(late.faults.isEmpty && early.faults.isEmpty)
  }

  @Test func theChangeThatDecidedIsNamed() throws {
    let house = try House()
    let station = house.coordinator
    try house.exchange.write([house.note("first"), dischargeOf(house), house.note("third")], at: station)
    try house.exchange.sync(station)
    #expect(station.replica.entries[0].verdict?.refusal == .init(code: .forbidden, change: 1))
    #expect(station.replica.entries[0].verdict?.seals.count == 3)
    #expect(station.texts(.note, Field.Note.text).isEmpty)
    #expect(house.exchange.server.store.log.suffix(3).allSatisfy { !$0.isAccepted })
  }

  @Test func aRefusalIsUndoneExactlyAndRetriesGetTheSameVerdict() throws {
    let house = try House()
    let station = house.coordinator
    try house.exchange.write(
      [house.annotation(Field.Assessment.childNotes, "stands", at: station)], at: station)
    try house.exchange.sync(station)
    let before = try #require(station.record(house.assessment)?.state)
    var excessive = try house.annotation(Field.Assessment.childNotes, "too much", at: station)
    excessive.operations += (1..<Limits.changeOperations).map {
      Operation(field: FieldID(rawValue: UInt32(1_000 + $0)), action: .assign(.text("too much")))
    }
    try house.exchange.write([excessive], at: station)
    #expect(station.record(house.assessment)?.text(Field.Assessment.childNotes) == "too much")

    let verdict = try lostThenFound(house, station)
    #expect(verdict.refusal == .init(code: .tooManyValues, change: 0))
    let after = try #require(station.record(house.assessment)?.state)
    #expect(after.fields == before.fields)
    #expect(after.version[station.actor] == before.version[station.actor] + 1)

    // The number stays used, and the next change goes on from it.
    try house.exchange.write(
      [house.annotation(Field.Assessment.familyNotes, "goes on", at: station)], at: station)
    try house.exchange.sync(station)
    #expect(station.replica.entries.last?.verdict?.refusal == nil)
    try house.exchange.sync(house.psychologist)
    let theirs = try #require(house.psychologist.record(house.assessment))
    #expect(theirs.state == station.record(house.assessment)?.state)
    #expect(theirs.text(Field.Assessment.childNotes) == "stands")
    #expect(theirs.text(Field.Assessment.familyNotes) == "goes on")
  }

  @Test func writingOneFieldOftenIsNotTooMuch() throws {
    let house = try House()
    let station = house.coordinator
    var eager = try house.annotation(Field.Assessment.childNotes, "once more", at: station)
    eager.operations = Array(repeating: eager.operations[0], count: Limits.changeOperations)
    try house.exchange.write([eager], at: station)
    try house.exchange.sync(station)
    #expect(station.replica.refused.isEmpty)
    #expect(station.record(house.assessment)?.text(Field.Assessment.childNotes) == "once more")
  }

  @Test func aRecordStaysSmallEnoughToBeDelivered() throws {
    let house = try House()
    let station = house.coordinator
    let long = String(repeating: "å", count: 27_000)
    let fields = Field.Assessment.all.filter { $0.valueType == .text }
    for field in fields {
      try house.exchange.write([house.annotation(field, long, at: station)], at: station)
    }
    try house.exchange.sync(station)
    // Four texts of 54,000 bytes fit; a fifth would not.
    #expect(Array(station.replica.refused.keys).sorted() == (5...UInt64(fields.count)).map { $0 })
    #expect(station.replica.refused.values.allSatisfy { $0 == .tooManyValues })
    try house.exchange.sync(house.psychologist)
    let theirs = try #require(house.psychologist.record(house.assessment))
    #expect(theirs.state == station.record(house.assessment)?.state)
    #expect(fields.filter { theirs.text($0) != nil }.count == 4)
    #expect(house.psychologist.faults.isEmpty)
  }

  @Test(
    "A governed record takes nothing that another version might read differently",
    arguments: [
      Operation(field: Field.Allocation.coordinator.id, action: .assign(.null)),
      Operation(field: Field.Allocation.allocatedOn.id, action: .decide(.integer(1))),
      Operation(field: FieldID(rawValue: 999), action: .assign(.integer(1))),
      Operation(
        field: Field.Allocation.team.id,
        action: .unknown(kind: FieldKind(rawValue: 77), encoding: [0x08, 0x01])),
    ])
  func governedRecordsTakeNoUnknownOperation(_ operation: Operation) throws {
    let house = try House()
    let leader = house.leader
    let allocation = try #require(leader.replica.records.first { $0.kind == .allocation })
    var draft = RecordDraft.change(allocation)
    draft.operations = [operation]
    try house.exchange.write([draft], at: leader)
    try house.exchange.sync(leader)
    #expect(Array(leader.replica.refused.values) == [.invalidContent])
    #expect(leader.record(allocation.id)?.state.fields == allocation.state.fields)
  }

  /// Syncs with the verdict lost, then again.
  private func lostThenFound(_ house: House, _ station: Workstation) throws -> EntryVerdict {
    var lost: [WireVerdicts] = []
    house.exchange.onFrame = { frame in
      guard frame.direction == .toClient, let message = try? WireServerMessage(checking: frame.bytes),
        case .verdicts(let verdicts) = message.body
      else { return [frame] }
      lost.append(verdicts)
      return []
    }
    try house.exchange.sync(station)
    #expect(station.replica.entries.last?.verdict == nil)
    var found: [WireVerdicts] = []
    house.exchange.onFrame = { frame in
      if frame.direction == .toClient, let message = try? WireServerMessage(checking: frame.bytes),
        case .verdicts(let verdicts) = message.body
      {
        found.append(verdicts)
      }
      return [frame]
    }
    try house.exchange.sync(station)
    house.exchange.onFrame = { [$0] }
    #expect(lost.count == 1 && found.count == 1)
    #expect(lost.first?.stamps == found.first?.stamps && lost.first?.exceptions == found.first?.exceptions)
    #expect(lost.first?.receivedAt == found.first?.receivedAt)
    return try #require(station.replica.entries.last?.verdict)
  }

  @Test func aRefusedActGivesNobodyRights() throws {
    let house = try House()
    let exchange = house.exchange
    let intruder = try exchange.newcomer("Ib", as: .coreTeam)
    // One act that lets herself in and uses it.
    try exchange.write(
      [
        CaseWork.participant(
          id: exchange.identifier(), in: house.caseID, person: intruder.person, role: .coreTeam,
          since: house.day), house.note("let me in"),
      ], at: intruder)
    // The coordinator may, but not when the same act does what she may not.
    try exchange.write(
      [
        CaseWork.participant(
          id: exchange.identifier(), in: house.caseID, person: intruder.person, role: .coreTeam,
          since: house.day), dischargeOf(house),
      ], at: house.coordinator)
    try exchange.sync(intruder)
    try exchange.sync(house.coordinator)
    #expect(intruder.replica.refused == [1: .notAvailable])
    #expect(house.coordinator.replica.refused == [1: .forbidden])
    try exchange.write([house.note("now?")], at: intruder)
    try exchange.sync(intruder)
    #expect(intruder.replica.refused == [1: .notAvailable, 2: .notAvailable])
    #expect(!intruder.replica.records.contains { $0.caseID == house.caseID })
  }

  @Test func whatMayNotBeSeenAndWhatIsNotThereLookAlike() throws {
    let house = try House()
    let exchange = house.exchange
    let intruder = try exchange.newcomer("Ib", as: .coreTeam)
    for id in [house.assessment, exchange.identifier()] {
      let header = ChangeHeader(
        record: id, id: ChangeID(actor: intruder.actor, number: 1),
        author: intruder.replica.membership.account, writtenAt: 1, version: VersionVector())
      let payload = Payload(salt: exchange.identifier(), operations: []).encoded
      let change = EncodedChange(header: header, payload: payload)
      let start = Chain.start(tenant: exchange.tenant.id, record: id, actor: intruder.actor)
      let digest = change.digest(after: start)
      let journal = JournalHead.start(tenant: exchange.tenant.id, actor: intruder.actor)
        .appending(changes: [digest])
      let entry = JournalEntry(number: 1, changes: [change])
      let before = exchange.server
      let peer = try Peer.welcomed(exchange, as: intruder)
      #expect(
        try peer.push([LinkedEntry(entry: entry, digests: [digest], journal: journal)]) == [
          "< verdicts 1, 1 NOT_AVAILABLE"
        ])
      exchange.server = before
      intruder.replica.token = before.directory.devices[intruder.actor]?.offeredToken
    }
  }

  @Test func oneOfTwoDecisionsMadeAtOnceIsRefused() throws {
    let house = try House()
    let exchange = house.exchange
    let second = try exchange.newcomer("Kaj", as: .familyCoordinator)
    let other = try exchange.newcomer("Kim", as: .familyCoordinator)
    let leader = house.leader
    try exchange.sync(leader)
    let phone = try furtherDevice(of: leader, house)
    try exchange.sync(phone)
    for (station, person) in [(leader, second.person), (phone, other.person)] {
      let file = CaseFile(id: house.caseID, records: station.replica.records)
      var drafts = CaseWork.allocate(
        file, coordinator: person, members: [], on: house.day, identify: { _ in exchange.identifier() })
      drafts.removeAll { $0.kind != .allocation }
      try exchange.write(drafts, at: station)
    }
    try exchange.sync(leader)
    try exchange.sync(phone)
    #expect(leader.replica.refused.isEmpty)
    #expect(phone.replica.refused == [1: .alreadyDecided])
    let allocation = try #require(phone.replica.records.first { $0.kind == .allocation })
    #expect(allocation.identifier(Field.Allocation.coordinator) == second.person)
  }

  private func furtherDevice(of station: Workstation, _ house: House) throws -> Workstation {
    try house.exchange.connect(station)
    house.exchange.run()
    let role = Role(rawValue: station.replica.membership.role)
    let (request, code) = house.exchange.invitation(1, to: role, person: station.person, name: "")
    try house.exchange.invite(request, by: station)
    house.exchange.run()
    house.exchange.cut(station)
    return try house.exchange.enrol("phone", with: code)
  }

  private func dischargeOf(_ house: House) -> RecordDraft {
    let drafts = CaseWork.discharge(
      in: house.caseID, children: [house.caseID], on: house.day,
      identify: { _ in house.exchange.identifier() })
    return drafts[0]
  }

  private func change(_ id: Identifier, to text: String, at station: Workstation) throws -> RecordDraft {
    let record = try #require(station.record(id))
    var draft = RecordDraft.change(record)
    var editor = TextEditor(record.state.text(Field.Note.text.id))
    editor.replace(with: text)
    draft.edit(Field.Note.text, editor.finish())
    return draft
  }
}
