import CRDT
import CaseModel
import Testing

/// A case goes from one person to another.
@Suite struct HandOverTests {
  private let caseID = Identifier(100)
  private let day = CalendarDay.on("2020-01-08")
  private let former = Identifier(2)
  private let other = Identifier(5)
  private let member = Identifier(3)

  private func fresh(_ start: UInt64) -> (String) -> Identifier {
    var next = start
    return { _ in
      next += 1
      return Identifier(next)
    }
  }

  /// A case that the former one coordinates, and of whose team she is as well.
  private func ledger(coordinator: Identifier, members: [Identifier]) -> Ledger {
    var ledger = Ledger()
    ledger.write(
      CaseWork.open(
        case: caseID, label: "F01", on: day, creator: Identifier(1), as: .leader, identify: fresh(1_000)))
    ledger.write(
      CaseWork.allocate(
        ledger.file(caseID), coordinator: coordinator, members: members, purpose: "tidlig indsats", on: day,
        identify: fresh(2_000)))
    return ledger
  }

  private func parts(_ ledger: Ledger, of person: Identifier) -> [Role] {
    ledger.file(caseID).participants.filter { $0.part.person == person }.map(\.part.role).sorted {
      $0.rawValue < $1.rawValue
    }
  }

  @Test func whoCoordinatesIsFollowedInAllThatSheDoes() {
    var ledger = ledger(coordinator: former, members: [former, member])
    ledger.write(
      CaseWork.handOver(
        ledger.file(caseID), from: former, to: other, on: day, at: 5_000, identify: fresh(3_000)))
    #expect(ledger.file(caseID).coordinator == other)
    #expect(ledger.file(caseID).allocation?.text(Field.Allocation.purpose) == "tidlig indsats")
    #expect(parts(ledger, of: former).isEmpty)
    #expect(parts(ledger, of: other) == [.familyCoordinator, .coreTeam])
    #expect(parts(ledger, of: member) == [.coreTeam])
    // Once more there is nothing to hand over.
    #expect(
      CaseWork.handOver(
        ledger.file(caseID), from: former, to: other, on: day, at: 5_000, identify: fresh(4_000)
      )
      .isEmpty)
  }

  /// What the former one was to do is the new coordinator's to see to, and nobody else's.
  @Test func tasksAreSeenToByWhoCoordinates() {
    var ledger = ledger(coordinator: former, members: [former, member])
    for (id, owner) in [(500, former), (501, member)] as [(UInt64, Identifier)] {
      ledger.write(
        CaseWork.task(id: Identifier(id), in: caseID, title: "ring", owner: owner, due: day, on: day))
    }
    func tasks(of person: Identifier) -> [Identifier] {
      DueWork(for: person, as: .familyCoordinator, on: day).items(in: CaseStock(records: ledger.all))
        .filter { $0.kind == .task }.compactMap(\.record)
    }
    #expect(tasks(of: former) == [Identifier(500)] && tasks(of: other).isEmpty)
    ledger.write(
      CaseWork.handOver(
        ledger.file(caseID), from: former, to: other, on: day, at: 5_000, identify: fresh(3_000)))
    #expect(tasks(of: other) == [Identifier(500)] && tasks(of: member) == [Identifier(501)])
  }

  @Test func whoTakesPartAlreadyGetsNoSecondPart() {
    var ledger = ledger(coordinator: member, members: [former, other])
    ledger.write(
      CaseWork.handOver(
        ledger.file(caseID), from: former, to: other, on: day, at: 5_000, identify: fresh(3_000)))
    #expect(ledger.file(caseID).coordinator == member && parts(ledger, of: former).isEmpty)
    #expect(parts(ledger, of: other) == [.coreTeam])
  }

  @Test func nobodyFromOutsideTheStaffHandsAnythingOver() {
    var ledger = ledger(coordinator: member, members: [])
    ledger.write([
      CaseWork.participant(id: Identifier(9), in: caseID, person: former, role: .parent, since: day)
    ])
    #expect(
      CaseWork.handOver(
        ledger.file(caseID), from: former, to: other, on: day, at: 5_000, identify: fresh(3_000)
      )
      .isEmpty)
    #expect(parts(ledger, of: former) == [.parent])
  }

  @Test func whatIsOverGivesNothingAndWhatEndsKeepsItsEnd() {
    var ledger = ledger(coordinator: member, members: [])
    func part(_ id: UInt64, _ person: Identifier, _ role: Role, until end: Int64) -> RecordDraft {
      CaseWork.participant(
        id: Identifier(id), in: caseID, person: person, role: role, since: day, until: end)
    }
    // Two parts in one role, one of which is over; and the other one had such a part once.
    ledger.write([
      part(11, former, .coreTeam, until: 4_000), part(12, former, .coreTeam, until: 9_000),
      part(13, former, .analysisTeam, until: 4_000), part(14, former, .leader, until: 9_000),
      part(15, other, .coreTeam, until: 4_000),
    ])
    let drafts = CaseWork.handOver(
      ledger.file(caseID), from: former, to: other, on: day, at: 5_000, identify: fresh(3_000))
    ledger.write(drafts)
    #expect(parts(ledger, of: former).isEmpty)
    let given = ledger.file(caseID).participants.filter {
      $0.part.person == other && $0.part.stands(at: 5_000)
    }
    #expect(given.map(\.part.role) == [.coreTeam])
    #expect(given.first?.record.integer(Field.Participant.endsAt) == 9_000)
  }

  /// What the former one alone may read has no reader afterwards; what a role may read, or somebody who
  /// stays, has.
  @Test func protectedContactsWithoutAReaderAreTold() throws {
    var ledger = ledger(coordinator: former, members: [member])
    for (number, persons, roles) in [
      (UInt64(1), [former], []), (2, [former, member], []), (3, [former], [Role.familyCoordinator]),
    ] {
      var contact = RecordDraft.new(.protectedContact, id: Identifier(700 + number), in: caseID)
      contact.write(Field.ProtectedContact.sort, "address")
      contact.write(Field.ProtectedContact.text, "Vej \(number)")
      contact.add(Field.ProtectedContact.persons, persons)
      contact.add(Field.ProtectedContact.roles, roles)
      ledger.write([contact])
    }
    let file = ledger.file(caseID)
    let drafts = CaseWork.handOver(
      file, from: former, to: other, on: day, at: 5_000, identify: fresh(3_000))
    let orphans = CaseWork.orphans(file, handedOverBy: drafts, from: former, at: 5_000)
    #expect(orphans.map(\.id) == [Identifier(701)])
    var named = RecordDraft.change(try #require(ledger[Identifier(701)]))
    named.add(Field.ProtectedContact.persons, [other])
    ledger.write([named])
    #expect(CaseWork.orphans(ledger.file(caseID), handedOverBy: drafts, from: former, at: 5_000).isEmpty)
  }
}
