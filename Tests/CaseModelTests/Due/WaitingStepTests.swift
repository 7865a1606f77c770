import CRDT
import CaseModel
import Testing
import Workflows

/// The step at which a case waits, as the list of the day tells it; and that what recurs is due on one day,
/// wherever it is told.
@Suite struct WaitingStepTests {
  private static let leader = Identifier(1)

  private func story() -> CaseStory {
    var story = CaseStory(opened: "2020-01-02")
    story.inquiry("2020-01-02")
    return story
  }

  private func items(
    _ story: CaseStory, for person: Identifier = CaseStory.coordinator, as role: Role = .familyCoordinator,
    on day: String, _ workflow: Workflow = ShippedWorkflow.kos.workflow
  ) -> [DueItem] {
    let stock = CaseStock(records: story.ledger.all)
    return DueWork(
      for: person, as: role, on: .on(day),
      workflows: CaseWorkflows(stock, otherwise: workflow, read: { _ in nil }),
      surroundings: CaseStory.surroundings
    ).items(in: stock)
  }

  private func steps(
    _ story: CaseStory, for person: Identifier = CaseStory.coordinator, as role: Role = .familyCoordinator,
    on day: String
  ) -> [String] {
    items(story, for: person, as: role, on: day).filter { $0.kind == .step }
      .map { "\($0.step ?? "–") \($0.since?.description ?? "–")" }
  }

  @Test func whoeverItWaitsForIsTold() {
    var story = story()
    story.allocate("2020-01-06")
    #expect(steps(story, on: "2020-01-20").isEmpty, "fourteen days are in time")
    #expect(steps(story, on: "2020-01-21") == ["assessment 2020-01-06"])
    #expect(steps(story, for: Self.leader, as: .leader, on: "2020-01-21").isEmpty)
    let item = items(story, on: "2020-01-21").first { $0.kind == .step }
    #expect(item?.command == "step show {case} {step}" && item?.reason == .stepWaits)
    #expect(item?.dueOn == nil && item?.caseID == story.caseID)
    // Who is named for it is told instead.
    story.say("assessment", Field.Step.startedOn, "2020-01-10", by: Self.leader)
    #expect(steps(story, on: "2020-02-21").isEmpty)
    #expect(
      steps(story, for: Self.leader, as: .leader, on: "2020-02-21") == ["assessment 2020-01-10"])
    story.assess("2020-02-22")
    #expect(steps(story, on: "2020-02-23").isEmpty)
    #expect(steps(story, on: "2020-03-10") == ["case_information 2020-02-22"])
  }

  /// A case that nobody coordinates waits for the leader, who is told once that it is to be allocated.
  @Test func whatNobodyCoordinatesWaitsForTheLeader() {
    var story = CaseStory(opened: "2020-01-02")
    #expect(steps(story, for: Self.leader, as: .leader, on: "2020-03-01") == ["inquiry 2020-01-02"])
    story.inquiry("2020-01-02")
    let told = items(story, for: Self.leader, as: .leader, on: "2020-03-01")
    #expect(told.map(\.kind) == [.allocation])
  }

  /// R32, R34: both places that tell when a contact and a follow-up are due tell one day.
  @Test func oneClockSaysOneDay() throws {
    var story = story()
    story.allocate("2020-01-06")
    story.enrol("2020-01-08")
    story.agree("2020-01-20")
    story.agree("2020-03-30")
    story.record(.followUpMeeting) { $0.write(Field.FollowUpMeeting.heldOn, CalendarDay.on("2020-02-11")) }
    story.ledger.write(
      CaseWork.contact(id: story.fresh(), in: story.caseID, form: "visit", by: nil, on: .on("2020-01-31")))
    story.say("contact", Field.Step.completedOn, "2020-05-02")
    let text = ShippedWorkflow.kos.definition
      .replacing("cadence: 1 month", with: "cadence: 3 weeks")
      .replacing("cadence: 3 months", with: "cadence: 50 days")
    for workflow in [ShippedWorkflow.kos.workflow, try WorkflowFile.parse(text)] {
      for number in 0..<200 {
        let day = try CalendarDay.on("2020-01-02").adding(days: number).description
        let items = items(story, on: day, workflow)
        let progress = story.progress(day, workflow)
        for (kind, step) in [(DueKind.contact, "contact"), (.followUp, "follow_up")] {
          #expect(
            items.first { $0.kind == kind }?.dueOn == progress.step(step)?.dueOn, "\(step) on \(day)")
        }
      }
    }
    #expect(story.progress("2020-02-01").step("contact")?.dueOn == .on("2020-03-07"))
  }
}
