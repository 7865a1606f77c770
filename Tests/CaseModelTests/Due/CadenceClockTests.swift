import CRDT
import CaseModel
import Testing
import Workflows

/// The clocks of the monthly contact and the three-month follow-up (R32, R34).
@Suite struct CadenceClockTests {
  static let caseID = Identifier(100)

  private func clock(_ ledger: Ledger, on day: String) -> CadenceClock {
    let stock = CaseStock(records: ledger.all)
    return ContactClock(ledger.file(Self.caseID), interruptions: Interruptions(stock), on: .on(day)).clock
  }

  private func enrolled(on day: String) -> Ledger {
    var ledger = Ledger()
    ledger.write(CaseWork.child(id: Identifier(201), in: Self.caseID, name: "Bo", born: nil))
    ledger.write(
      CaseWork.enrol(id: Identifier(202), in: Self.caseID, children: [Identifier(201)], on: .on(day)))
    return ledger
  }

  private func contact(_ id: UInt64, on day: String, late reason: String? = nil) -> RecordDraft {
    var draft = CaseWork.contact(
      id: Identifier(id), in: Self.caseID, form: "telephone", by: nil, on: .on(day))
    draft.write(Field.Contact.lateReason, reason)
    return draft
  }

  /// Against a model that walks day by day, for many histories.
  @Test func windowsAreTheModels() {
    var seen: Set<String> = []
    for seed in 0..<400 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let model = NaiveCadence(using: &random)
      var ledger = Ledger()
      ledger.write(model.records(Self.caseID).shuffled(using: &random))
      let stock = CaseStock(records: ledger.all)
      for today in [0, 30, 31, 59, random.below(500), random.below(500), 499] {
        let clock = ContactClock(
          ledger.file(Self.caseID), interruptions: Interruptions(stock), on: NaiveCadence.day(today)
        ).clock
        let expected = model.windows(on: today)
        seen.formUnion(expected.map(\.standing))
        #expect(
          clock.windows.map { [$0.first.description, $0.last.description, $0.standing.rawValue] }
            == expected.map {
              [NaiveCadence.day($0.first).description, NaiveCadence.day($0.last).description, $0.standing]
            }, "seed \(seed) on \(today)")
        #expect(clock.overdueDays == model.overdueDays(on: today), "seed \(seed) on \(today)")
      }
    }
    #expect(seen == Set(CadenceWindow.Standing.allCases.map(\.rawValue)), "every standing was met")
  }

  /// What was entered late, with the day on which it was, corrects the month (§4: a missed window stays
  /// completable).
  @Test func aLateEntryCorrectsTheMonth() {
    var ledger = enrolled(on: "2020-01-10")
    ledger.write(contact(301, on: "2020-01-20"))
    let before = clock(ledger, on: "2020-03-20")
    #expect(before.windows.map(\.standing) == [.held, .missed, .open])
    #expect(before.dueOn == .on("2020-03-09") && before.overdueDays == 11)
    // Written on the family's kitchen table in February, exchanged in March.
    ledger.write(contact(302, on: "2020-02-28"))
    let after = clock(ledger, on: "2020-03-20")
    #expect(after.windows.map(\.standing) == [.held, .held, .open])
    #expect(after.dueOn == .on("2020-04-09") && after.overdueDays == 0)
  }

  /// A reason that was not given with the contact is given afterwards, by the step that it belongs to; and
  /// what was said of one month is not written over by the next.
  @Test func aReasonIsGivenAfterwards() throws {
    let workflow = ShippedWorkflow.kos.workflow
    let code = try #require(workflow.cadences.contactStep)
    var ledger = enrolled(on: "2020-01-10")
    func clock() -> CadenceClock {
      ContactClock(ledger.file(Self.caseID), cadences: workflow.cadences, on: .on("2020-04-20")).clock
    }
    func complete(on day: String, _ reason: String?, _ id: UInt64) throws {
      let file = ledger.file(Self.caseID)
      let progress = CaseProgress(file, workflow: workflow, on: .on(day))
      let step = try #require(progress.step(code))
      var next = id
      ledger.write(
        CaseWork.say(.complete, of: step, in: file, reason: reason, on: .on(day)) { _ in
          next += 1
          return Identifier(next)
        })
    }
    ledger.write(contact(301, on: "2020-03-12"))
    #expect(clock().windows.map(\.standing) == [.missed, .missed, .held, .open])
    #expect(clock().unexplained(by: .on("2020-03-12"))?.last == .on("2020-03-09"))
    #expect(clock().unexplained(by: .on("2020-04-20")) == nil, "what ended the delay lies between")
    try complete(on: "2020-03-12", nil, 400)
    #expect(clock().missed.count == 2)
    try complete(on: "2020-03-12", "ferie", 500)
    #expect(clock().windows.map(\.standing) == [.late, .late, .held, .open])
    #expect(clock().unexplained(by: .on("2020-03-12")) == nil)
    try complete(on: "2020-04-15", nil, 600)
    #expect(clock().windows.map(\.standing) == [.late, .late, .held, .held])
    let days = ledger.file(Self.caseID).all(.step).compactMap { $0.day(Field.Step.completedOn) }
    #expect(days.sorted() == [.on("2020-03-12"), .on("2020-04-15")])
  }

  /// A contact after the month has passed ends the delay; whether it says why is seen.
  @Test func aLateContactSaysWhy() {
    var ledger = enrolled(on: "2020-01-10")
    ledger.write(contact(301, on: "2020-03-12"))
    #expect(clock(ledger, on: "2020-03-20").windows.map(\.standing) == [.missed, .missed, .held])
    #expect(clock(ledger, on: "2020-03-20").overdueDays == 0)
    ledger.write(contact(302, on: "2020-03-12", late: "familien var bortrejst"))
    #expect(clock(ledger, on: "2020-03-20").windows.map(\.standing) == [.late, .late, .held])
  }

  @Test func monthsDoNotDrift() {
    let windows = clock(enrolled(on: "2020-01-31"), on: "2020-05-01").windows
    #expect(
      windows.map(\.first.description) == ["2020-01-31", "2020-02-29", "2020-03-31", "2020-04-30"])
    #expect(windows.map(\.last.description) == ["2020-02-28", "2020-03-30", "2020-04-29", "2020-05-30"])
  }

  /// The spring of 2020 (R64): nothing is owed for it, and the next month is.
  @Test func anInterruptionExcuses() {
    var ledger = enrolled(on: "2020-03-01")
    var still = RecordDraft.new(.interruption, id: Identifier(900), in: nil)
    still.write(Field.Interruption.fromDay, .on("2020-03-12"))
    ledger.write(still)
    let lasting = clock(ledger, on: "2020-05-05")
    #expect(lasting.windows.map(\.standing) == [.excused, .excused, .excused])
    #expect(lasting.dueOn == nil && lasting.overdueDays == 0)
    var over = RecordDraft.change(ledger[Identifier(900)] ?? ledger.all[0])
    over.write(Field.Interruption.untilDay, .on("2020-05-10"))
    ledger.write(over)
    let after = clock(ledger, on: "2020-06-10")
    #expect(after.windows.map(\.standing) == [.excused, .excused, .missed, .open])
    #expect(after.dueOn == .on("2020-05-31") && after.overdueDays == 10)
  }

  /// A meeting at which the family was is a contact; one without the parents is none.
  @Test func meetingsWithTheFamilyCount() {
    var ledger = enrolled(on: "2020-01-10")
    ledger.write(
      CaseWork.analysisMeeting(
        id: Identifier(401), in: Self.caseID, withParents: false, on: .on("2020-01-20")))
    #expect(clock(ledger, on: "2020-02-20").windows.map(\.standing) == [.missed, .open])
    ledger.write(
      CaseWork.assessmentMeeting(id: Identifier(402), in: Self.caseID, on: .on("2020-01-21")))
    #expect(clock(ledger, on: "2020-02-20").windows.map(\.standing) == [.held, .open])
  }

  /// A meeting with the parents at which no parent was is none.
  @Test func aMeetingWithTheParentsNeedsOne() {
    var ledger = enrolled(on: "2020-01-10")
    ledger.write(
      CaseWork.relative(id: Identifier(210), in: Self.caseID, name: "Lise Holm", relation: "mother"))
    ledger.write(
      CaseWork.participant(
        id: Identifier(211), in: Self.caseID, person: Identifier(31), role: .parent))
    func counts(_ persons: [UInt64], _ attendees: [String]) -> Bool {
      var own = ledger
      let meeting = CaseWork.analysisMeeting(
        id: Identifier(401), in: Self.caseID, withParents: true,
        participants: persons.map { Identifier($0) }, attendees: attendees, on: .on("2020-01-20"))
      own.write(meeting)
      return clock(own, on: "2020-02-20").windows.map(\.standing) == [.held, .open]
    }
    #expect(!counts([], []) && !counts([2], ["psykolog", "bedstemor", "forældrekonsulent"]))
    #expect(counts([31], []) && counts([2], ["mor"]) && counts([], ["Lise Holm"]))
    #expect(counts([], ["Lise (mor) og Jens"]) && counts([], ["Father"]))
  }

  /// A cadence in weeks is as long as it says, in every place that tells what is due.
  @Test func weeksAreWeeks() throws {
    var ledger = enrolled(on: "2020-01-01")
    let weeks = try #require(Cadence("3 weeks"))
    let cadences = Cadences(contact: weeks, followUp: try #require(Cadence("5 weeks")))
    func contact(_ day: String) -> CadenceClock {
      ContactClock(ledger.file(Self.caseID), cadences: cadences, on: .on(day)).clock
    }
    #expect(contact("2020-01-02").dueOn == .on("2020-01-21"))
    #expect(contact("2020-01-24").overdueDays == 3)
    ledger.write(self.contact(301, on: "2020-01-24"))
    #expect(contact("2020-01-25").dueOn == .on("2020-03-03"))
    ledger.write(CaseWork.plan(id: Identifier(501), in: Self.caseID, version: 1, on: .on("2020-01-15")))
    let followUp = FollowUpClock(ledger.file(Self.caseID), cadences: cadences, on: .on("2020-01-20")).clock
    #expect(followUp.dueOn == .on("2020-02-19"))
  }

  /// On the day on which another plan is agreed nothing is owed for the one before, and one of a later day is
  /// not there yet.
  @Test func anotherPlanBeginsAnew() {
    var ledger = enrolled(on: "2020-01-01")
    func due(_ day: String) -> CalendarDay? {
      FollowUpClock(ledger.file(Self.caseID), on: .on(day)).clock.dueOn
    }
    ledger.write(CaseWork.plan(id: Identifier(501), in: Self.caseID, version: 1, on: .on("2020-01-15")))
    ledger.write(CaseWork.plan(id: Identifier(502), in: Self.caseID, version: 2, on: .on("2020-03-01")))
    #expect(due("2020-02-20") == .on("2020-04-15"))
    #expect(due("2020-03-01") == nil && due("2020-03-02") == .on("2020-06-01"))
  }

  /// R34: every third month since the plan was agreed; a new version begins anew.
  @Test func thePlanIsFollowedUp() {
    var ledger = enrolled(on: "2020-01-01")
    func clock(_ day: String) -> CadenceClock { FollowUpClock(ledger.file(Self.caseID), on: .on(day)).clock }
    func held(_ id: UInt64, _ day: String) -> RecordDraft {
      var meeting = RecordDraft.new(.followUpMeeting, id: Identifier(id), in: Self.caseID)
      meeting.write(Field.FollowUpMeeting.heldOn, .on(day))
      return meeting
    }
    #expect(clock("2020-06-01").dueOn == nil, "without a plan there is nothing to follow up")
    ledger.write(CaseWork.plan(id: Identifier(501), in: Self.caseID, version: 1, on: .on("2020-01-15")))
    #expect(clock("2020-02-01").dueOn == .on("2020-04-15"))
    #expect(clock("2020-04-25").overdueDays == 10)
    ledger.write(held(601, "2020-04-20"))
    #expect(clock("2020-04-25").windows.map(\.standing) == [.missed, .held, .open])
    #expect(clock("2020-04-25").dueOn == .on("2020-07-20"), "three months after the late one")
    ledger.write(held(602, "2020-07-10"))
    ledger.write(CaseWork.plan(id: Identifier(502), in: Self.caseID, version: 2, on: .on("2020-07-10")))
    #expect(clock("2020-07-11").dueOn == .on("2020-10-10"), "the meeting followed up the former version")
    ledger.write(
      CaseWork.discharge(in: Self.caseID, children: [], on: .on("2020-09-01")) { _ in Identifier(700) })
    #expect(clock("2020-12-01").dueOn == nil && clock("2020-12-01").overdueDays == 0)
  }

  /// A day that no calendar has, from a damaged or hostile record, traps nowhere.
  @Test func anyNumberMayStandInAField() {
    for number in [Int64.min, -25_567, -25_568, 0, 84_005, 84_006, .max] {
      var ledger = Ledger()
      for (kind, field) in [
        (RecordKind.enrolment, Field.Enrolment.enrolledOn), (.contact, Field.Contact.heldOn),
        (.interruption, Field.Interruption.fromDay), (.plan, Field.Plan.agreedOn),
      ] {
        var draft = RecordDraft.new(
          kind, id: Identifier(UInt64(kind.rawValue)), in: kind == .interruption ? nil : Self.caseID)
        draft.operations.append(Operation(field: field.id, action: .assign(.integer(number))))
        ledger.write(draft)
      }
      let interruptions = Interruptions(CaseStock(records: ledger.all))
      for day in [CalendarDay.min, .on("2020-01-01"), .max] {
        let file = ledger.file(Self.caseID)
        #expect(ContactClock(file, interruptions: interruptions, on: day).clock.overdueDays >= 0)
        #expect(FollowUpClock(file, interruptions: interruptions, on: day).clock.overdueDays >= 0)
      }
    }
    #expect(Cadences(statusMeetingDays: .min).statusMeetingDays == 1)
  }
}
