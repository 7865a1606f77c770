import CRDT
import CaseModel
import Testing

/// Calling and holding meetings, asking for what is missing, and the gate before decisions.
@Suite struct MeetingTests {
  static let caseID = Identifier(100)
  static let day = CalendarDay.on("2020-03-01")

  private func ledger() -> Ledger {
    var ledger = Ledger()
    let roles: [(UInt64, Role)] = [
      (11, .familyCoordinator), (12, .coreTeam), (13, .analysisTeam), (14, .involvedProfessional),
      (15, .externalReporter), (16, .parent),
    ]
    for (person, role) in roles {
      ledger.write([
        CaseWork.participant(
          id: Identifier(200 + person), in: Self.caseID, person: Identifier(person), role: role)
      ])
    }
    return ledger
  }

  /// R8, R13, R21, R34: who is called follows from who takes part.
  @Test func whoIsCalledFollowsFromWhoTakesPart() {
    let file = ledger().file(Self.caseID)
    func called(_ kind: RecordKind, _ withParents: Bool, _ leaders: [UInt64] = []) -> [UInt64] {
      file.invitees(to: kind, withParents: withParents, leaders: leaders.map { Identifier($0) }).map(\.low)
    }
    #expect(called(.assessmentMeeting, true) == [11, 12, 16])
    #expect(called(.analysisMeeting, false) == [11, 12, 13, 14])
    #expect(called(.analysisMeeting, true, [20]) == [11, 12, 13, 14, 16, 20])
    #expect(called(.followUpMeeting, true) == [11, 16])
  }

  /// R14: the leader of the intended measure is who decides on it by name, confirmed and in force.
  @Test func theLeaderOfTheMeasureIsWhoDecidesOnIt() throws {
    var ledger = Ledger()
    let limits: [(UInt64, UInt64, String)] = [(1, 20, "respite"), (2, 21, "respite"), (3, 22, "aids")]
    for (id, person, matter) in limits {
      ledger.write([
        CaseWork.authorityLimit(id: Identifier(id), person: Identifier(person), matter: matter, amount: 500)
      ])
    }
    for id in [1, 3] as [UInt64] {
      ledger.write(
        [CaseWork.confirm(try #require(ledger[Identifier(id)]), by: Identifier(77))], by: Identifier(77))
    }
    let stock = CaseStock(records: ledger.all)
    #expect(stock.deciders(on: "respite", at: 10).map(\.low) == [20])
    func route(_ person: UInt64, _ amount: Int64) -> AuthorityRoute {
      stock.authority(of: Identifier(person), as: .leader, on: "respite", amount: amount, at: 10)
    }
    #expect(route(20, 500) == .decides(limit: Identifier(1)))
    #expect(route(20, 501) == .visitation)
    #expect(route(21, 1) == .visitation)
  }

  @Test func anAnswerCanBeChanged() throws {
    var ledger = ledger()
    let id = Identifier(1)
    ledger.write([
      CaseWork.call(
        meeting: .analysisMeeting, id: id, in: Self.caseID, for: Self.day, time: "13:30", by: Identifier(11),
        invited: [Identifier(12), Identifier(13)], withParents: false)
    ])
    func meeting() throws -> Meeting { try #require(ledger[id].flatMap(Meeting.init)) }
    #expect(try meeting().standing == .called)
    #expect(try meeting().unanswered.map(\.low) == [12, 13])
    ledger.write([CaseWork.answer(try meeting(), by: Identifier(12), comes: true)])
    #expect(try meeting().accepted.map(\.low) == [12])
    ledger.write([CaseWork.answer(try meeting(), by: Identifier(12), comes: false)])
    #expect(try meeting().refused.map(\.low) == [12])
    #expect(try meeting().accepted == [])
    #expect(try meeting().unanswered.map(\.low) == [13])
    #expect(try meeting().present.isEmpty && meeting().alsoPresent.isEmpty)
    ledger.write([
      CaseWork.hold(
        try meeting(), participants: [Identifier(13)], attendees: ["mor"], outcome: "missing_information",
        on: Self.day)
    ])
    #expect(try meeting().standing == .held)
    // Whoever was there was, whatever was answered.
    #expect(try meeting().present.map(\.low) == [13] && meeting().alsoPresent == ["mor"])
    ledger.write([CaseWork.cancel(try meeting(), on: Self.day)])
    #expect(try meeting().standing == .held, "what was held is not called off")
  }

  /// R6, R18, R20: assessed by both legal areas, and nothing that was asked for is waited for.
  @Test func theGateOpensOnceAllIsThere() throws {
    var ledger = ledger()
    func missing(_ day: CalendarDay = Self.day) -> [LawfulBasis.Missing] {
      let stock = CaseStock(records: ledger.all)
      return LawfulBasis(of: ledger.file(Self.caseID), in: stock, on: day).missing
    }
    #expect(missing() == [.assessment])
    ledger.write([
      CaseWork.person(id: Identifier(11), name: "a", legalArea: LegalArea.socialServices),
      CaseWork.person(id: Identifier(12), name: "b", legalArea: LegalArea.school),
      CaseWork.assessmentMeeting(
        id: Identifier(1), in: Self.caseID, participants: [Identifier(11)], on: Self.day),
    ])
    #expect(missing() == [.bothLegalAreas])
    var more = RecordDraft.change(try #require(ledger[Identifier(1)]))
    more.add(Field.AssessmentMeeting.participants, [Identifier(12)])
    ledger.write([more])
    #expect(missing() == [])
    for (id, what) in [(2, "ppv"), (3, "section_50")] as [(UInt64, String)] {
      ledger.write([
        CaseWork.informationRequest(
          id: Identifier(id), in: Self.caseID, what: what, of: nil, due: .on("2020-04-01"), on: Self.day)
      ])
    }
    #expect(missing() == [.information])
    let late = CalendarDay.on("2020-04-02")
    #expect(
      ledger.file(Self.caseID).informationRequests.map { $0.standing(on: late) } == [.overdue, .overdue])
    ledger.write([CaseWork.receive(informationRequest: try #require(ledger[Identifier(2)]), on: late)])
    #expect(missing(late) == [.information])
    ledger.write(
      CaseWork.waive(
        informationRequest: try #require(ledger[Identifier(3)]), reason: "the school has none", on: late,
        identify: { _ in Identifier(4) }))
    #expect(missing(late) == [])
    #expect(missing() == [.information], "what came later had not come")
    let standings = ledger.file(Self.caseID).informationRequests.map { $0.standing(on: late) }
    #expect(standings == [.received, .waived])
  }

  @Test func theImportedCaseloadBreaksNoRule() throws {
    let ledger = Caseload.imported(try Caseload.shipped)
    let found = CaseStock(records: ledger.all).cases.flatMap(\.semanticConflicts)
    #expect(found.isEmpty, "\(found.map { "\($0.rule) \($0.records.count)" })")
  }
}
