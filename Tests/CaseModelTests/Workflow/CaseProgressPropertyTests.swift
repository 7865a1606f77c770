import CRDT
import Testing
import Workflows

@testable import CaseModel

/// What holds of the progress of any case.
@Suite struct CaseProgressPropertyTests {
  private static let firstDay = CalendarDay.on("2020-01-01")

  private static func day(_ number: Int) -> String {
    ((try? firstDay.adding(days: number)) ?? firstDay).description
  }

  /// A case in which something happens on most days, and the ledger as it stood at the end of each.
  private static func draw(_ random: inout SplitMix64, days: Int) -> [CaseStory] {
    var story = CaseStory(opened: day(0))
    var (requests, meetings, planned): ([Identifier], [Identifier], [Identifier]) = ([], [], [])
    let codes = ShippedWorkflow.kos.workflow.steps.map(\.code)
    var standings: [CaseStory] = []
    for number in 0..<days {
      let today = day(number)
      switch random.below(16) {
      case 0: story.inquiry(today)
      // A second allocation writes over the day of the first.
      case 1: if story.ledger.file(story.caseID).allocation == nil { story.allocate(today) }
      case 2:
        story.assess(today, with: random.chance(60) ? [CaseStory.coordinator, CaseStory.psychologist] : [])
      case 3, 4:
        meetings.append(
          story.analyse(
            today, withParents: random.pick([true, false, nil]),
            outcome: random.pick([nil, "plan_basis", Code.missingInformation])))
      case 5, 6: requests.append(story.request(today, from: random.chance(50) ? meetings.last : nil))
      case 7, 8: if let first = requests.popLast() { story.receive(first, today) }
      case 9: story.deliver(today)
      case 10: story.agree(today)
      case 11: story.majorChange(today, confirmed: random.chance(50))
      case 12:
        planned.append(
          story.record(.followUpMeeting) {
            $0.write(Field.FollowUpMeeting.plannedOn, CalendarDay.on(day(number + random.below(20))))
          })
      case 13:
        if let meeting = planned.popLast() {
          story.change(meeting) { $0.write(Field.FollowUpMeeting.cancelledOn, CalendarDay.on(today)) }
        }
      case 14:
        story.say(
          random.pick(codes),
          random.pick([Field.Step.startedOn, Field.Step.completedOn, Field.Step.skippedOn]), today,
          round: random.pick([nil, 1]))
      default: break
      }
      standings.append(story)
    }
    return standings
  }

  /// Whoever brings the records together in whatever order sees the same.
  @Test(arguments: 0..<40)
  func theOrderOfRecordsDoesNotMatter(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let story = try #require(Self.draw(&random, days: 60).last)
    let expected = story.progress(Self.day(70))
    for _ in 0..<5 {
      let records = story.ledger.all.shuffled(using: &random)
      let other = CaseProgress(
        CaseFile(id: story.caseID, records: records), workflow: ShippedWorkflow.kos.workflow,
        on: .on(Self.day(70)), surroundings: CaseStory.surroundings)
      #expect(other == expected, "seed \(seed)")
    }
  }

  /// The view of an earlier day is what it was on that day.
  @Test(arguments: 0..<40)
  func theViewOfAnEarlierDayIsWhatItWas(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(1_000 + seed))
    let standings = Self.draw(&random, days: 40)
    let last = try #require(standings.last)
    for (number, standing) in standings.enumerated() {
      let then = standing.progress(Self.day(number))
      let now = last.progress(Self.day(number))
      #expect(now.rounds.map(\.startedOn) == then.rounds.map(\.startedOn), "seed \(seed), day \(number)")
      for (left, right) in zip(now.steps, then.steps) {
        #expect(CaseStory.line(left) == CaseStory.line(right), "seed \(seed), day \(number)")
      }
    }
  }

  /// What no case may show, whatever its records.
  @Test(arguments: 0..<40)
  func everyStepIsConsistent(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(2_000 + seed))
    for (number, standing) in Self.draw(&random, days: 50).enumerated() {
      let today = CalendarDay.on(Self.day(number))
      let progress = standing.progress(Self.day(number))
      for step in progress.rounds.flatMap(\.steps) + progress.operation {
        #expect(step.waitingDays.map { $0 >= 0 } ?? true)
        #expect(step.since.map { $0 <= today } ?? true)
        #expect((step.state == .waiting) == (step.state == .waiting && step.since != nil))
        #expect(step.state != .notBegun || step.since == nil)
      }
      // At most one step of a round waits at a time: the others wait for it.
      for round in progress.rounds {
        #expect(round.steps.count { $0.state == .waiting } <= 1, "seed \(seed), day \(number)")
      }
      let waiting = progress.steps.filter { $0.step.phase == .start && $0.state == .waiting }
      if let step = waiting.first {
        #expect(progress.next.map { $0 == step || $0.state == .inProgress } == true)
      }
    }
  }

  /// What is next is the same whether all steps are asked for or that alone.
  @Test(arguments: 0..<40)
  func whatIsNextIsFoundWithoutTheRest(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(3_000 + seed))
    for (number, standing) in Self.draw(&random, days: 50).enumerated() {
      let next = CaseProgress.next(
        standing.ledger.file(standing.caseID), workflow: ShippedWorkflow.kos.workflow,
        on: .on(Self.day(number)), surroundings: CaseStory.surroundings, operation: { _ in true })
      #expect(next == standing.progress(Self.day(number)).next, "seed \(seed), day \(number)")
    }
  }

  /// The imported caseload of the project (R64): where its 24 families stood on 1 July 2020.
  @Test func theProjectsCaseload() throws {
    let stock = CaseStock(records: Caseload.imported(try Caseload.shipped).all)
    let workflow = ShippedWorkflow.kos.workflow
    func progress(_ file: CaseFile, _ day: String) -> CaseProgress {
      CaseProgress(file, workflow: workflow, on: .on(day), surroundings: stock.surroundings)
    }
    let july = stock.cases.map { progress($0, "2020-07-01") }
    #expect(july.count == 24 && july.filter(\.isClosed).count == 2)
    func count(_ code: String, _ states: StepProgress.State...) -> Int {
      july.filter { $0.step(code).map { states.contains($0.state) } == true }.count
    }
    #expect(count("inquiry", .done) == 24)
    #expect(count("allocation", .done) == 23)
    // The file does not say for which legal area who met stands.
    #expect(count("assessment", .inProgress, .done) == 9)
    #expect(count("plan", .done) == 9)
    #expect(count("status_meeting", .notDue, .waiting) == 24)
    for file in stock.cases {
      let confirmed = file.all(.majorChange).compactMap { change -> CalendarDay? in
        change.boolean(Field.MajorChange.isConfirmed) == true ? change.happenedOn : nil
      }
      #expect(progress(file, "2020-12-31").round == 1 + Set(confirmed).count)
    }
    #expect(stock.cases.contains { progress($0, "2020-12-31").round == 2 })
  }
}
