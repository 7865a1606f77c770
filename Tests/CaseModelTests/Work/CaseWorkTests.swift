import CRDT
import CaseModel
import Testing

@Suite struct CaseWorkTests {
  let caseID = Identifier(100)
  let coordinator = Identifier(2)
  let day = CalendarDay.on("2020-01-08")

  /// Gives fresh ids: one for each time that it is asked.
  private func fresh(_ start: UInt64) -> (String) -> Identifier {
    var next = start
    return { _ in
      next += 1
      return Identifier(next)
    }
  }

  /// Opens a case with two children and allocates it.
  private func opened() -> Ledger {
    var ledger = Ledger()
    ledger.write(
      CaseWork.open(
        case: caseID, label: "F01", on: day, creator: Identifier(1), as: .leader, identify: fresh(1_000)))
    ledger.write(CaseWork.child(id: Identifier(201), in: caseID, name: "Bo", born: .on("2019-05-01")))
    ledger.write(CaseWork.child(id: Identifier(202), in: caseID, name: "Ann", born: .on("2016-05-01")))
    ledger.write(
      CaseWork.allocate(
        ledger.file(caseID), coordinator: coordinator, members: [Identifier(3), Identifier(4)], on: day,
        identify: fresh(2_000)))
    return ledger
  }

  @Test func everyDraftFollowsItsKind() throws {
    var ledger = opened()
    let update = CaseWork.externalUpdate(
      id: Identifier(301), alias: Identifier(300), text: "news", urgency: "urgent", on: day)
    ledger.write(update)
    let offer = CaseWork.offer(id: Identifier(302), in: caseID, on: day)
    ledger.write(offer)
    let received = try #require(ledger[update.id])
    var drafts = [update, offer]
    drafts += CaseWork.inquiry(in: caseID, source: "citizen", on: day, text: "help", identify: fresh(3_000))
    drafts += CaseWork.discharge(in: caseID, children: [], reason: "done", on: day, identify: fresh(4_000))
    drafts += CaseWork.triage(
      update: received, in: caseID, outcome: "action", on: day, identify: fresh(5_000))
    drafts.append(CaseWork.decline(try #require(ledger[offer.id]), on: day))
    drafts.append(
      CaseWork.contact(id: Identifier(6_001), in: caseID, form: "visit", by: coordinator, on: day))
    drafts.append(CaseWork.statusMeeting(id: Identifier(6_002), attendees: ["Eva"], on: day))
    drafts += Caseload.plan(try Caseload.shipped).entries.flatMap { $0 }
    for draft in drafts {
      let definition = try #require(draft.kind.definition)
      #expect(!draft.operations.isEmpty)
      #expect((draft.caseID == nil) == (definition.home == .register))
      #expect(definition.home != .caseFile || !draft.about.isEmpty)
      #expect(definition.home != .alias || draft.about.isEmpty)
      for operation in draft.operations {
        #expect(definition.field(operation.field)?.kind == operation.kind, "\(definition.name)")
      }
    }
  }

  /// R2: coordinator and core team in one act; R54 and the views that a person reads.
  @Test func aCaseReadsAsItWasWritten() throws {
    var ledger = opened()
    var file = ledger.file(caseID)
    #expect(file.label == "F01")
    #expect(file.children.map { $0.text(Field.Child.name) } == ["Ann", "Bo"])
    #expect(file.coordinator == coordinator)
    #expect(
      Set(file.participants.map { [$0.part.person.low, UInt64($0.part.role.rawValue)] }) == [
        [1, 1], [2, 2], [3, 3], [4, 3],
      ])
    for (title, family, team) in [("sleep", 2, 1), ("work", 1, nil), ("school", nil, 2)]
      as [(String, Int?, Int?)]
    {
      ledger.write(
        CaseWork.goal(
          id: .hash(title), in: caseID, title: title, familyRank: family, teamRank: team, on: day))
    }
    ledger.write(
      CaseWork.assessment(
        id: Identifier(401), in: caseID, notes: [.parenting: ICSNotes(resources: "calm", problems: "tired")],
        assessors: [coordinator], on: day))
    file = ledger.file(caseID)
    #expect(file.goals.map { $0.text(Field.Goal.title) } == ["work", "sleep", "school"])
    #expect(file.goals.map { $0.integer(Field.Goal.teamRank) } == [nil, 1, 2])
    #expect(file.assessments.first?.text(Field.Assessment.parentingProblems) == "tired")
    #expect(file.assessments.first?.text(Field.Assessment.childNotes) == nil)
  }

  @Test func anotherAllocationEndsTheFormerCoordinator() {
    var ledger = opened()
    ledger.write(
      CaseWork.allocate(
        ledger.file(caseID), coordinator: Identifier(8), members: [Identifier(3)], on: .on("2020-06-01"),
        identify: fresh(7_000)))
    let file = ledger.file(caseID)
    #expect(file.all(.allocation).count == 1)
    #expect(file.coordinator == Identifier(8))
    #expect(
      file.participants.filter { $0.part.role == .familyCoordinator }.map(\.part.person) == [Identifier(8)])
    #expect(file.participants.filter { $0.part.person == Identifier(3) }.count == 1)
  }

  /// R30, R31: open until triaged; the reporter's side learns the days and nothing of the case.
  @Test func anUpdateIsOpenUntilItIsTriaged() throws {
    var ledger = opened()
    let alias = Identifier(300)
    ledger.write(
      CaseWork.participant(
        id: Identifier(310), in: caseID, person: Identifier(9), role: .externalReporter, alias: alias))
    ledger.write(
      CaseWork.externalUpdate(id: Identifier(301), alias: alias, text: "ill", urgency: "urgent", on: day))
    ledger.write(
      CaseWork.externalUpdate(
        id: Identifier(302), alias: Identifier(999), text: "x", urgency: "soon", on: day))
    #expect(ledger.file(caseID).openUpdates.map(\.id) == [Identifier(301)])
    let drafts = CaseWork.triage(
      update: try #require(ledger[Identifier(301)]), in: caseID, outcome: "action", receivedOn: day,
      on: .on("2020-01-09"), identify: fresh(8_000))
    ledger.write(drafts)
    #expect(ledger.file(caseID).openUpdates.isEmpty)
    #expect(ledger.file(caseID).all(.triage).first?.text(Field.Triage.text) == "ill")
    let receipt = try #require(drafts.last)
    #expect(receipt.caseID == alias && receipt.kind == .updateReceipt)
    #expect(!receipt.operations.contains { $0.action == .assign(.identifier(caseID)) })
    let stock = CaseStock(records: ledger.all)
    #expect(stock.files[caseID]?.updates == ledger.file(caseID).updates)
    #expect(stock.underAlias[alias]?.count == 2)
  }

  @Test func theStatusFollowsTheSteps() throws {
    var ledger = opened()
    func status(_ day: String) -> CaseStatus { ledger.file(caseID).status(at: .on(day)) }
    ledger.write(CaseWork.offer(id: Identifier(501), in: caseID, on: .on("2020-02-01")))
    ledger.write(CaseWork.accept(try #require(ledger[Identifier(501)]), on: .on("2020-02-02")))
    ledger.write(
      CaseWork.enrol(id: Identifier(502), in: caseID, children: [Identifier(201)], on: .on("2020-02-03")))
    ledger.write(
      CaseWork.discharge(in: caseID, children: [], on: .on("2020-03-01"), identify: fresh(9_000)))
    #expect(status("2020-01-31") == .open)
    #expect(status("2020-02-01") == .offered)
    #expect(status("2020-02-02") == .accepted)
    #expect(status("2020-02-03") == .enrolled)
    #expect(status("2020-02-29") == .enrolled)
    #expect(status("2020-03-01") == .discharged)
  }
}
