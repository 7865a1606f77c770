import CRDT
import CaseModel
import Testing
import Workflows

/// How far a case has come, told by small cases (R1–R39, R69).
@Suite struct CaseProgressTests {
  private func upToAssessment() -> CaseStory {
    var story = CaseStory(opened: "2020-01-02")
    story.inquiry("2020-01-02")
    story.allocate("2020-01-06")
    story.assess("2020-01-20")
    return story
  }

  /// A case that went all the way.
  private func upToPlan() -> CaseStory {
    var story = upToAssessment()
    let asked = story.request("2020-01-21")
    story.receive(asked, "2020-01-28")
    story.analyse("2020-02-03", withParents: false, outcome: "plan_basis")
    story.analyse("2020-02-10", withParents: true)
    story.deliver("2020-02-14")
    story.agree("2020-02-20")
    return story
  }

  @Test func aNewCaseWaitsForItsInquiryAndItsAllocation() {
    var story = CaseStory(opened: "2020-01-02")
    #expect(story.lines("2020-01-03") == ["0 waiting 2020-01-02 (1)"])
    story.inquiry("2020-01-02")
    #expect(story.lines("2020-01-05") == ["0 done 2020-01-02 (0)", "1 waiting 2020-01-02 (3)"])
    let progress = story.progress("2020-01-05")
    #expect(progress.next?.step.code == "allocation" && progress.round == 1)
    #expect(progress.next?.responsible.parts == [.leader] && progress.next?.responsible.person == nil)
    #expect(progress.step("assessment")?.state == .notBegun)
    #expect(progress.waitingDays("allocation") == 3 && progress.waitingDays("assessment") == nil)
    #expect(progress.operation.allSatisfy { $0.state == .notBegun })
  }

  @Test func theWholeStartIsTakenStepByStep() {
    let story = upToPlan()
    #expect(
      story.lines("2020-02-20") == [
        "0 done 2020-01-02 (0)", "1 done 2020-01-06 (4)", "2 done 2020-01-20 (14)", "3 done 2020-01-28 (8)",
        "4 done 2020-02-03 (6)", "6 done 2020-02-10 (7)", "7a done 2020-02-14 (4)", "7b done 2020-02-20 (6)",
        "8 waiting 2020-01-20 (31)",
      ])
    #expect(story.progress("2020-02-20").step("supplementary_information")?.state == .notDue)
    #expect(story.progress("2020-02-20").step("assessment")?.responsible.person == CaseStory.coordinator)
    // On an earlier day, what came later is not there.
    #expect(
      story.lines("2020-01-25").prefix(4) == [
        "0 done 2020-01-02 (0)", "1 done 2020-01-06 (4)", "2 done 2020-01-20 (14)",
        "3 in_progress 2020-01-21 (5)",
      ])
    // R15: the analysis has nothing to begin with before.
    #expect(story.progress("2020-01-25").step("analysis_with_parents")?.state == .notBegun)
  }

  /// R6: an assessment by one legal area alone is not done, and says which area is missing.
  @Test func bothLegalAreasMustAssess() {
    var story = CaseStory(opened: "2020-01-02")
    story.inquiry("2020-01-02")
    story.allocate("2020-01-02")
    story.assess("2020-01-10", with: [CaseStory.coordinator])
    #expect(story.lines("2020-01-12").last == "2 in_progress 2020-01-10 (10) -both_legal_areas")
    #expect(
      story.progress("2020-01-12").step("assessment")?.closedGates.first?.missing == [.legalArea("school")])
    #expect(story.progress("2020-01-12").missingLegalAreas == ["school"])
    story.ledger.write(
      CaseWork.assessment(
        id: story.fresh(), in: story.caseID, notes: [:], assessors: [CaseStory.psychologist],
        on: .on("2020-01-12")))
    #expect(story.lines("2020-01-12").contains("2 done 2020-01-10 (8)"))
    // Those of the notes and of the meetings count together, each from her day on.
    #expect(story.progress("2020-01-12").missingLegalAreas == [])
    #expect(story.progress("2020-01-11").missingLegalAreas == ["school"])
  }

  /// R20: what was asked for must have come, or be waived, before there is a basis for decisions.
  @Test func thereIsNoLawfulBasisWhileSomethingIsOpen() {
    var story = upToAssessment()
    story.say("3", Field.Step.completedOn, "2020-01-21")
    story.say("case_information", Field.Step.completedOn, "2020-01-21")
    let meeting = story.analyse("2020-01-30", withParents: nil, outcome: Code.missingInformation)
    #expect(story.lines("2020-01-31").contains("5 waiting 2020-01-30 (1)"))
    let ppv = story.request("2020-02-01", from: meeting)
    let health = story.request("2020-02-01", from: meeting)
    story.analyse("2020-02-10", withParents: true)
    #expect(
      story.lines("2020-02-12").filter { $0.hasPrefix("5") || $0.hasPrefix("6") } == [
        "5 in_progress 2020-02-01 (13)", "6 in_progress 2020-02-10 -lawful_basis",
      ])
    #expect(
      Set(story.progress("2020-02-12").step("analysis_with_parents")?.closedGates.first?.missing ?? [])
        == [.request(ppv), .request(health)])
    story.receive(ppv, "2020-02-20")
    story.change(health) { $0.write(Field.InformationRequest.waivedOn, CalendarDay.on("2020-02-22")) }
    #expect(story.lines("2020-02-21").contains("5 in_progress 2020-02-01 (22)"))
    #expect(
      story.lines("2020-02-23").filter { $0.hasPrefix("5") || $0.hasPrefix("6") } == [
        "5 done 2020-02-22 (23)", "6 done 2020-02-10 (11)",
      ])
    // What is asked for later does not undo what was decided.
    story.request("2020-03-01")
    #expect(story.lines("2020-03-02").contains("6 done 2020-02-10 (11)"))
  }

  @Test func aMeetingThatIsCalledIsInProgressAndOneCalledOffIsNothing() {
    var story = CaseStory(opened: "2020-01-02")
    story.inquiry("2020-01-02")
    story.allocate("2020-01-02")
    let meeting = story.record(.assessmentMeeting) {
      $0.write(Field.AssessmentMeeting.plannedOn, CalendarDay.on("2020-01-20"))
      $0.add(Field.AssessmentMeeting.participants, [CaseStory.coordinator, CaseStory.psychologist])
    }
    #expect(story.lines("2020-01-10").contains("2 in_progress 2020-01-02 (8) -both_legal_areas"))
    story.change(meeting) { $0.write(Field.AssessmentMeeting.cancelledOn, CalendarDay.on("2020-01-12")) }
    #expect(story.lines("2020-01-13").contains("2 waiting 2020-01-02 (11) -both_legal_areas"))
  }

  /// Who knows better says so: completed whatever the gates say, or skipped.
  @Test func whatPeopleSayOfAStepCounts() {
    var story = upToAssessment()
    story.say("case_information", Field.Step.skippedOn, "2020-01-22")
    #expect(story.lines("2020-01-25").contains("3 skipped 2020-01-22 (2)"))
    #expect(story.progress("2020-01-25").next?.step.code == "analysis_without_parents")
    story.say("case_information", Field.Step.completedOn, "2020-01-24")
    #expect(story.lines("2020-01-25").contains("3 done 2020-01-24 (4)"))
    story.say("analysis_without_parents", Field.Step.startedOn, "2020-01-25", by: Identifier(9))
    let step = story.progress("2020-01-26").step("analysis_without_parents")
    #expect(step?.state == .inProgress && step?.responsible.person == Identifier(9))
    #expect(step?.records.count == 1)
  }

  /// R36–R38: a confirmed major change has steps 2–7 repeated; a declined one does not.
  @Test func aConfirmedMajorChangeBeginsAnotherRound() {
    var story = upToPlan()
    story.majorChange("2020-04-01", confirmed: false)
    #expect(story.progress("2020-04-02").round == 1)
    story.majorChange("2020-05-01")
    story.majorChange("2020-05-01")
    let progress = story.progress("2020-05-04")
    #expect(progress.round == 2 && progress.rounds.count == 2)
    #expect(progress.rounds[0].steps.allSatisfy { $0.state != .waiting && $0.state != .notBegun })
    #expect(
      progress.rounds[1].steps.map(\.step.number) == ["2", "3", "4", "5", "6", "7a", "7b"])
    #expect(progress.step("inquiry")?.state == .done && progress.step("inquiry")?.round == 1)
    #expect(progress.next.map(CaseStory.line) == "2 waiting 2020-05-01 (3) -both_legal_areas")
    story.assess("2020-05-10")
    #expect(story.lines("2020-05-11").contains("2 done 2020-05-10 (9)"))
    #expect(
      story.progress("2020-05-11").rounds[0].steps.first { $0.step.code == "assessment" }?.since
        == .on("2020-01-20"))
    story.say("plan", Field.Step.skippedOn, "2020-05-12", round: 2)
    #expect(story.progress("2020-05-12").step("plan")?.state == .skipped)
    #expect(story.progress("2020-05-12").rounds[0].steps.last?.state == .done)
  }

  /// What happens on the day of the decision belongs to the new round, and to that alone.
  @Test func theDayOfTheDecisionBelongsToTheNewRound() {
    var story = CaseStory(opened: "2020-01-02")
    story.inquiry("2020-01-02")
    story.allocate("2020-01-06")
    story.majorChange("2020-05-01")
    story.assess("2020-05-01")
    let rounds = story.progress("2020-05-02").rounds
    #expect(
      rounds.map { round in round.steps.first { $0.step.code == "assessment" }?.state } == [.notDue, .done])
  }

  /// What stood there before the change was confirmed is what the change overtook, on the same day too.
  @Test func whatWasDoneEarlierThatDayBelongsToTheRoundBefore() {
    var story = upToAssessment()
    story.agree("2020-05-01")
    story.majorChange("2020-05-01")
    func states() -> [StepProgress.State?] {
      story.progress("2020-05-01").rounds.map { round in
        round.steps.first { $0.step.code == "plan" }?.state
      }
    }
    #expect(states() == [.done, .notBegun])
    story.agree("2020-05-01")
    #expect(states() == [.done, .done])
  }

  /// R27, R32, R34: what is due again and again, from the day on which its clock starts.
  @Test func operationIsDueAgain() {
    var story = upToPlan()
    #expect(story.progress("2020-02-29").step("contact")?.dueOn == nil, "nobody is enrolled")
    story.enrol("2020-01-06")
    story.ledger.write(
      CaseWork.contact(id: story.fresh(), in: story.caseID, form: "visit", by: nil, on: .on("2020-01-31")))
    var progress = story.progress("2020-02-29")
    #expect(
      progress.step("contact")?.dueOn == .on("2020-04-05") && progress.step("contact")?.state == .notDue)
    #expect(progress.step("contact")?.lastOn == .on("2020-01-31"))
    progress = story.progress("2020-04-07")
    #expect(progress.step("contact").map(CaseStory.line) == "10 waiting 2020-04-05 (2)")
    #expect(progress.step("follow_up")?.dueOn == .on("2020-05-20"))
    progress = CaseProgress(
      story.ledger.file(story.caseID), workflow: ShippedWorkflow.kos.workflow, on: .on("2020-03-02"),
      surroundings: CaseProgress.Surroundings(
        legalAreas: CaseStory.surroundings.legalAreas,
        statusMeetings: [.on("2020-02-25"), .on("2020-03-03")]))
    #expect(progress.step("status_meeting")?.dueOn == .on("2020-03-10"))
    #expect(progress.next?.step.code == "status_meeting")
  }

  /// R31: news that nobody triaged waits.
  @Test func newsWaitForTriage() {
    var story = upToPlan()
    let alias = Identifier(300)
    story.ledger.write(
      CaseWork.participant(
        id: story.fresh(), in: story.caseID, person: Identifier(9), role: .externalReporter, alias: alias))
    story.ledger.write(
      CaseWork.externalUpdate(
        id: Identifier(301), alias: alias, text: "x", urgency: "soon", on: .on("2020-02-21")))
    #expect(story.lines("2020-02-24").contains("9 waiting 2020-02-21 (3)"))
    #expect(!story.lines("2020-02-20").contains { $0.hasPrefix("9") })
  }

  @Test func whatIsOverIsNotWaitedFor() {
    var story = upToAssessment()
    story.ledger.write(
      CaseWork.enrol(id: story.fresh(), in: story.caseID, children: [Identifier(200)], on: .on("2020-01-07")))
    let id = story.fresh()
    story.ledger.write(
      CaseWork.discharge(in: story.caseID, children: [], on: .on("2020-02-01"), identify: { _ in id }))
    #expect(story.progress("2020-01-31").next != nil)
    let progress = story.progress("2020-02-01")
    #expect(progress.isClosed && progress.next == nil && progress.waiting.isEmpty)
    #expect(progress.step("assessment")?.state == .done)
  }

  /// R17: a case goes on without an optional step; once it did, nobody waits for the step.
  @Test func anOptionalStepHoldsNothingUp() {
    let template = ShippedWorkflow.enFamilieEnIndgang.workflow
    var story = upToAssessment()
    story.receive(story.request("2020-01-21"), "2020-01-22")
    #expect(
      story.lines("2020-01-23", template).suffix(2) == [
        "4 waiting 2020-01-22 (1)", "6 waiting 2020-01-22 (1)",
      ])
    story.analyse("2020-01-29", withParents: true)
    #expect(
      story.lines("2020-01-30", template).suffix(2) == ["6 done 2020-01-29 (7)", "7 waiting 2020-01-29 (1)"])
    #expect(story.progress("2020-01-30", template).step("analysis")?.state == .notDue)
  }

  @Test func oddValuesAreReadAsNothing() {
    var story = CaseStory(opened: "2020-01-02")
    for value in [Int64.min, -1, 0, 3, .max] {
      story.record(.step) {
        $0.write(Field.Step.step, "assessment")
        $0.write(Field.Step.round, Value.integer(value))
        $0.write(Field.Step.completedOn, Value.integer(value))
      }
      story.record(.inquiry) { $0.write(Field.Inquiry.receivedOn, Value.integer(value)) }
      story.record(.majorChange) {
        $0.write(Field.MajorChange.isConfirmed, true)
        $0.write(Field.MajorChange.decidedOn, Value.integer(value))
      }
    }
    let progress = story.progress("2020-01-03")
    // The numbers 0 to 3 and -1 are days; the largest and the smallest are none.
    #expect(progress.rounds.count == 4 && progress.step("inquiry")?.state == .done)
    let nothing = CaseProgress(
      CaseFile(id: Identifier(5), records: []),
      workflow: Workflow(code: "x", version: 1, name: LocalText(danish: "x"), steps: []),
      on: .max)
    #expect(nothing.steps.isEmpty && nothing.next == nil && nothing.round == 1)
    #expect(
      CaseProgress(CaseFile(id: Identifier(5), records: []), workflow: ShippedWorkflow.kos.workflow, on: .max)
        .next == nil)
  }
}
