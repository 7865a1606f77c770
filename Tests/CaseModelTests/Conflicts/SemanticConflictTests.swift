import CRDT
import CaseModel
import Testing

/// Records that merge cleanly and break a rule together.
@Suite struct SemanticConflictTests {
  static let caseID = Identifier(100)
  static let child = Identifier(700)

  private func rules(_ ledger: Ledger) -> [SemanticConflict.Rule] {
    ledger.file(Self.caseID).semanticConflicts.map(\.rule)
  }

  private func part(_ id: UInt64, _ person: UInt64) -> RecordDraft {
    CaseWork.participant(
      id: Identifier(id), in: Self.caseID, person: Identifier(person), role: .familyCoordinator)
  }

  @Test func twoCoordinatorsAreToldUntilOneEnds() throws {
    var ledger = Ledger()
    ledger.write([part(1, 11)])
    #expect(rules(ledger) == [])
    ledger.write([part(2, 12)])
    #expect(rules(ledger) == [.severalCoordinators])
    ledger.write([CaseWork.end(participant: try #require(ledger[Identifier(2)]), on: .on("2020-01-01"))])
    #expect(rules(ledger) == [])
  }

  @Test func aCaseClosedBeforeAWarningCame() {
    var ledger = Ledger()
    let day = CalendarDay.on("2020-03-01")
    ledger.write([
      CaseWork.child(id: Self.child, in: Self.caseID, name: "x", born: nil),
      CaseWork.enrol(id: Identifier(1), in: Self.caseID, children: [Self.child], on: .on("2020-01-01")),
      CaseWork.contact(
        id: Identifier(2), in: Self.caseID, form: "visit", by: nil, earlyWarning: "known before", on: day),
    ])
    ledger.write(
      CaseWork.discharge(in: Self.caseID, children: [Self.child], on: day, identify: { _ in Identifier(3) }))
    #expect(rules(ledger) == [])
    ledger.write([
      CaseWork.contact(
        id: Identifier(4), in: Self.caseID, form: "visit", by: nil, earlyWarning: "the father moved out",
        on: .on("2020-02-20"))
    ])
    #expect(rules(ledger) == [.closedWithRisk])
  }

  @Test func aMeetingCalledTwiceAndAVisitLoggedTwice() throws {
    var ledger = Ledger()
    let day = CalendarDay.on("2020-03-01")
    for id in [1, 2] as [UInt64] {
      ledger.write([
        CaseWork.call(
          meeting: .analysisMeeting, id: Identifier(id), in: Self.caseID, for: day, by: Identifier(9),
          invited: [])
      ])
    }
    for (id, author) in [(3, 11), (4, 12), (5, 12)] as [(UInt64, UInt64)] {
      ledger.write(
        [CaseWork.contact(id: Identifier(id), in: Self.caseID, form: "home_visit", by: nil, on: day)],
        by: Identifier(author))
    }
    let found = ledger.file(Self.caseID).semanticConflicts
    #expect(found.map(\.rule) == [.doubleBooking, .visitLoggedTwice])
    #expect(found.map(\.records) == [[1, 2].map { Identifier($0) }, [3, 4, 5].map { Identifier($0) }])
    let meeting = try #require(ledger[Identifier(2)].flatMap(Meeting.init))
    ledger.write([CaseWork.cancel(meeting, on: day)])
    #expect(rules(ledger) == [.visitLoggedTwice])
  }

  /// Two who were offline; one person's own, a later round's, another child's and an empty one are none.
  @Test func anAssessmentBegunTwice() throws {
    var ledger = Ledger()
    let day = CalendarDay.on("2020-03-01")
    func begin(_ id: UInt64, by author: UInt64, _ text: String, of child: UInt64? = nil, on day: CalendarDay)
    {
      ledger.write(
        [
          CaseWork.assessment(
            id: Identifier(id), in: Self.caseID, notes: [.parenting: ICSNotes(notes: text)],
            child: child.map { Identifier($0) }, on: day)
        ], by: Identifier(author))
    }
    begin(1, by: 11, "warm", on: day)
    begin(2, by: 11, "calm", on: day)
    #expect(rules(ledger) == [])
    begin(3, by: 12, "", on: day)
    begin(4, by: 12, "warm", of: 700, on: day)
    #expect(rules(ledger) == [])
    begin(5, by: 12, "tired", on: .on("2020-03-04"))
    let found = ledger.file(Self.caseID).semanticConflicts
    #expect(found.map(\.rule) == [.assessmentBegunTwice])
    #expect(found.map(\.records) == [[1, 2, 5].map { Identifier($0) }])
    ledger.write([
      CaseWork.settle(
        try #require(found.first), id: Identifier(50), isAccepted: false, reason: "one is copied", on: day)
    ])
    #expect(rules(ledger) == [])
    var change = RecordDraft.new(.majorChange, id: Identifier(60), in: Self.caseID)
    change.write(Field.MajorChange.happenedOn, .on("2020-05-01"))
    change.write(Field.MajorChange.isConfirmed, true)
    ledger.write([change])
    begin(6, by: 13, "a new home", on: .on("2020-05-02"))
    #expect(rules(ledger) == [])
  }

  /// With two devices one person begins as unaware as two people do; with one that has the first she writes
  /// on in it, and a second one then is meant.
  @Test func anAssessmentBegunTwiceByOnePerson() throws {
    let karin = Identifier(11)
    func begin(_ id: UInt64) -> RecordDraft {
      CaseWork.assessment(
        id: Identifier(id), in: Self.caseID, notes: [.parenting: ICSNotes(notes: "warm")],
        on: .on("2020-03-01"))
    }
    func isTold(_ steps: [(write: (Ledger) throws -> RecordDraft, device: UInt64)]) throws -> Bool {
      var ledger = Ledger()
      for step in steps { ledger.write(try step.write(ledger), by: karin, device: step.device) }
      return rules(ledger) == [.assessmentBegunTwice]
    }
    func annotate(_ id: UInt64) -> (Ledger) throws -> RecordDraft {
      { ledger in
        CaseWork.annotate(
          try #require(ledger[Identifier(id)]), notes: [.familyAndNetwork: ICSNotes(notes: "near")])
      }
    }
    #expect(try isTold([({ _ in begin(1) }, 1), ({ _ in begin(2) }, 2)]))
    #expect(try !isTold([({ _ in begin(1) }, 1), ({ _ in begin(2) }, 1)]))
    // The second device wrote in the first one before it began another one, or only afterwards.
    #expect(try !isTold([({ _ in begin(1) }, 1), (annotate(1), 2), ({ _ in begin(2) }, 2)]))
    #expect(try isTold([({ _ in begin(1) }, 1), ({ _ in begin(2) }, 2), (annotate(1), 2)]))
  }

  /// The wording and order that the family agreed; a goal that was reached is no conflict.
  @Test func aGoalChangedAfterTheFamilyAgreed() throws {
    var ledger = Ledger()
    let day = CalendarDay.on("2020-03-01")
    ledger.write([
      CaseWork.goal(id: Identifier(1), in: Self.caseID, title: "a job", familyRank: 1, on: day),
      CaseWork.plan(id: Identifier(2), in: Self.caseID, version: 1, on: day),
    ])
    var joins = RecordDraft.change(try #require(ledger[Identifier(1)]))
    joins.write(Field.Goal.plan, Identifier(2))
    joins.write(Field.Goal.familyRank, 2)
    ledger.write([joins])
    #expect(rules(ledger) == [])
    var reached = RecordDraft.change(try #require(ledger[Identifier(1)]))
    reached.write(Field.Goal.status, Code.reached)
    ledger.write([reached])
    #expect(rules(ledger) == [])
    ledger.write([CaseWork.rank(try #require(ledger[Identifier(1)]), family: 1)])
    #expect(rules(ledger) == [.goalChangedAfterAgreement])
  }

  /// Who replaced or ended a goal without having seen that the family agreed on it is told so, with what was
  /// agreed; who had seen it goes on with the plan.
  @Test(arguments: [false, true], [Code.replaced, Code.reached, Code.dropped])
  func aGoalEndedUnawaresOfTheAgreement(hadSeen: Bool, as status: String) throws {
    var ledger = Ledger()
    let day = CalendarDay.on("2020-03-01")
    ledger.write([
      CaseWork.goal(id: Identifier(1), in: Self.caseID, title: "a job", familyRank: 2, on: day)
    ])
    let goal = try #require(ledger[Identifier(1)])
    var drafts = [CaseWork.end(goal: goal, isReached: status == Code.reached, on: day)]
    if status == Code.replaced {
      drafts = CaseWork.replace(goal: goal, in: ledger.file(Self.caseID), title: "a course", on: day) { _ in
        Identifier(3)
      }
    }
    ledger.write(
      CaseWork.agreePlan(in: ledger.file(Self.caseID), goals: [goal], by: [Identifier(7)], on: day) { _ in
        Identifier(2)
      })
    #expect(rules(ledger) == [])
    for draft in drafts {
      let seen = hadSeen || draft.isNew ? nil : goal.state.version
      ledger.write(draft, by: Identifier(12), seen: seen)
    }
    guard !hadSeen else { return #expect(rules(ledger) == []) }
    let found = ledger.file(Self.caseID).semanticConflicts
    #expect(found.map(\.rule) == [.goalChangedAfterAgreement])
    #expect(found.map(\.records) == [[Identifier(1), Identifier(2)]])
    let told = try #require(found.first?.evidence)
    #expect(told.map(\.field.name) == ["agreed_on", "title", "family_rank", "status"])
    #expect(told.dropFirst().map(\.operation.value) == [.text("a job"), .integer(2), .text(status)])
    #expect(told.map(\.operation.context.author) == [1, 1, 1, 12].map { Identifier($0) })
    ledger.write([
      CaseWork.settle(
        try #require(found.first), id: Identifier(50), isAccepted: true, reason: "they want it so", on: day)
    ])
    #expect(rules(ledger) == [])
  }

  /// The agreement that had seen the goal end, and the next one, have nothing to do with who ended it.
  @Test func anotherAgreementEndsTheConflict() throws {
    var ledger = Ledger()
    let day = CalendarDay.on("2020-03-01")
    for id in [1, 2] as [UInt64] {
      ledger.write([CaseWork.goal(id: Identifier(id), in: Self.caseID, title: "a job", on: day)])
    }
    let goal = try #require(ledger[Identifier(1)])
    func agree(_ id: UInt64) {
      let file = ledger.file(Self.caseID)
      ledger.write(
        CaseWork.agreePlan(in: file, goals: file.openGoals, by: [], on: day) { _ in Identifier(id) })
    }
    agree(10)
    ledger.write(
      CaseWork.end(goal: goal, isReached: false, on: day), by: Identifier(12), seen: goal.state.version)
    #expect(rules(ledger) == [.goalChangedAfterAgreement])
    agree(11)
    #expect(rules(ledger) == [])
  }

  @Test func onePlanVersionTwiceAndOneInterventionDecidedTwice() {
    var ledger = Ledger()
    for id in [1, 2] as [UInt64] {
      ledger.write([CaseWork.plan(id: Identifier(id), in: Self.caseID, version: 1, on: .on("2020-03-01"))])
      var decision = CaseWork.decision(
        id: Identifier(10 + id), in: Self.caseID, matter: "grant", intervention: Identifier(9))
      decision.write(Field.Decision.issuedBy, Identifier(3))
      ledger.write([decision])
    }
    #expect(rules(ledger) == [.decidedTwice, .planVersionTwice])
  }

  /// A settlement holds as long as nothing of the conflict is newer, and can be revised.
  @Test func whatIsSettledIsToldAgainOnceItMoves() throws {
    var ledger = Ledger()
    ledger.write([part(1, 11), part(2, 12)])
    let conflict = try #require(ledger.file(Self.caseID).semanticConflicts.first)
    let settlement = CaseWork.settle(
      conflict, id: Identifier(50), isAccepted: true, reason: "both, until May", on: .on("2020-03-01"))
    #expect(settlement.operations.count == 6)
    ledger.write([settlement])
    #expect(rules(ledger) == [])
    #expect(ledger.file(Self.caseID).allSemanticConflicts.map(\.rule) == [.severalCoordinators])
    ledger.write([part(3, 13)])
    #expect(rules(ledger) == [.severalCoordinators])
  }

  /// What was written before the case was closed, without a network, and came afterwards, is news; what had
  /// come before is not.
  @Test func whatCameAfterwardsIsNews() throws {
    for (receivedAt, wanted) in [(999, []), (5_000, [SemanticConflict.Rule.closedWithRisk])]
      as [(Int64, [SemanticConflict.Rule])]
    {
      var ledger = Ledger()
      ledger.write([
        CaseWork.child(id: Self.child, in: Self.caseID, name: "x", born: nil),
        CaseWork.enrol(id: Identifier(1), in: Self.caseID, children: [Self.child], on: .on("2020-01-01")),
      ])
      ledger.write(
        CaseWork.contact(
          id: Identifier(4), in: Self.caseID, form: "visit", by: nil, earlyWarning: "the father moved out",
          on: .on("2020-02-20")), by: Identifier(11), receivedAt: receivedAt)
      for draft in CaseWork.discharge(
        in: Self.caseID, children: [Self.child], on: .on("2020-03-01"), identify: { _ in Identifier(3) })
      { ledger.write(draft, by: Identifier(12), receivedAt: 4_000) }
      #expect(rules(ledger) == wanted, "\(receivedAt)")
    }
  }

  /// Every replica that holds the same records finds the same, in whatever order they came.
  @Test func theOrderOfRecordsDoesNotMatter() {
    var found = 0
    for seed in 0..<200 {
      var random = SplitMix64(seed: UInt64(seed))
      var ledger = Ledger()
      for id in 1...14 as ClosedRange<UInt64> {
        ledger.write([Self.draft(id, using: &random)], by: Identifier(UInt64(11 + random.below(3))))
      }
      let records = ledger.all
      let expected = CaseFile(id: Self.caseID, records: records).semanticConflicts
      found += expected.count
      for _ in 0..<4 {
        let file = CaseFile(id: Self.caseID, records: records.shuffled(using: &random))
        #expect(file.semanticConflicts == expected, "seed \(seed)")
      }
    }
    #expect(found > 200, "\(found)")
  }

  private static func draft(_ id: UInt64, using random: inout SplitMix64) -> RecordDraft {
    let day = CalendarDay.on("2020-03-0\(1 + random.below(3))")
    let id = Identifier(id)
    switch random.below(5) {
    case 0:
      return CaseWork.participant(
        id: id, in: caseID, person: Identifier(UInt64(11 + random.below(3))), role: .familyCoordinator)
    case 1:
      return CaseWork.call(
        meeting: random.pick(MeetingFields.kinds), id: id, in: caseID, for: day, by: id, invited: [])
    case 2: return CaseWork.contact(id: id, in: caseID, form: "visit", by: nil, on: day)
    case 3: return CaseWork.plan(id: id, in: caseID, version: 1 + random.below(2), on: day)
    default:
      var decision = CaseWork.decision(
        id: id, in: caseID, matter: "grant", intervention: Identifier(UInt64(90 + random.below(2))))
      decision.write(Field.Decision.issuedBy, Identifier(3))
      return decision
    }
  }
}
