import CRDT
import CaseModel
import Testing
import Workflows

extension CaseStory {
  /// Sets a goal of a rank.
  fileprivate mutating func goal(_ title: String, _ rank: Int, _ day: String) -> Identifier {
    let id = fresh()
    ledger.write(CaseWork.goal(id: id, in: caseID, title: title, familyRank: rank, on: .on(day)))
    return id
  }

  /// Agrees on another version, with the goals that are worked on.
  fileprivate mutating func agreeOnOpenGoals(_ day: String) {
    let file = ledger.file(caseID)
    let id = fresh()
    ledger.write(
      CaseWork.agreePlan(in: file, goals: file.openGoals, by: [Identifier(7)], on: .on(day)) { _ in id })
  }
}

/// Plans in versions, goals that end, shares of what an intervention costs, and changes that records suggest.
@Suite struct FamilyPlanTests {
  private func titles(_ plan: FamilyPlan) -> [String?] {
    plan.goals.map { $0.record.text(Field.Goal.title) }
  }

  /// R35: what was part of a version is read in it, whatever became of the goals since.
  @Test func versionsStayReadable() throws {
    var story = CaseStory(opened: "2020-01-02")
    _ = story.goal("work", 1, "2020-02-01")
    let sleep = story.goal("sleep", 2, "2020-02-01")
    story.agreeOnOpenGoals("2020-02-10")
    // A goal that is set afterwards belongs to the next version.
    _ = story.goal("respite", 3, "2020-03-01")
    let id = story.fresh()
    story.ledger.write(
      CaseWork.replace(
        goal: try #require(story.ledger[sleep]), in: story.ledger.file(story.caseID), title: "rest",
        on: .on("2020-05-01")
      ) { _ in id })
    var plans = FamilyPlan.versions(of: story.ledger.file(story.caseID))
    #expect(plans.count == 1 && titles(plans[0]) == ["work", "sleep"])
    story.agreeOnOpenGoals("2020-05-02")
    story.ledger.write(
      CaseWork.end(goal: try #require(story.ledger[id]), isReached: true, on: .on("2020-07-01")))
    story.agreeOnOpenGoals("2020-08-01")
    plans = FamilyPlan.versions(of: story.ledger.file(story.caseID))
    #expect(plans.map(\.version) == [1, 2, 3])
    #expect(
      plans.map { titles($0) } == [["work", "sleep"], ["work", "rest", "respite"], ["work", "respite"]])
    #expect(plans.map(\.replacedOn) == [.on("2020-05-02"), .on("2020-08-01"), nil])
    // The new goal took over the old one's rank.
    #expect(story.ledger[id]?.integer(Field.Goal.familyRank) == 2)
    #expect(story.ledger[sleep]?.identifier(Field.Goal.replacedBy) == id)
  }

  private func agreed(_ plan: FamilyPlan) -> [String] {
    plan.goals.map { "\($0.agreed.familyRank.map(String.init) ?? "-") \($0.agreed.title ?? "–")" }
  }

  /// R35: whoever ranks or words a goal anew afterwards does not change what the family agreed on.
  @Test func whatWasAgreedStaysAsItWas() throws {
    var story = CaseStory(opened: "2020-01-02")
    let work = story.goal("work", 1, "2020-02-01")
    let sleep = story.goal("sleep\nall night", 2, "2020-02-01")
    let unranked = story.record(.goal) { $0.write(Field.Goal.title, "12 friends") }
    story.agreeOnOpenGoals("2020-02-10")
    let before = FamilyPlan.versions(of: story.ledger.file(story.caseID))[0]
    #expect(agreed(before) == ["1 work", "2 sleep\nall night", "- 12 friends"])
    story.ledger.write(CaseWork.rank(try #require(story.ledger[work]), family: 9), by: Identifier(8))
    story.change(sleep) { $0.write(Field.Goal.title, "rest") }
    story.change(unranked) { $0.write(Field.Goal.familyRank, 1) }
    story.agreeOnOpenGoals("2020-03-01")
    // What somebody says of an agreement afterwards was not agreed with it.
    story.change(work) {
      $0.add(Field.Goal.asAgreed, ["\(before.record.id) 7 something else", "no element", " - "])
    }
    let plans = FamilyPlan.versions(of: story.ledger.file(story.caseID))
    #expect(plans.map(agreed) == [agreed(before), ["1 12 friends", "2 rest", "9 work"]])
    #expect(plans[0].goals.map(\.record.id) == [work, sleep, unranked])
  }

  /// A goal that somebody may not read, or that was erased, leaves no words of it in the plan.
  @Test func aPlanHoldsNoCopyOfItsGoalsWords() throws {
    var story = CaseStory(opened: "2020-01-02")
    let work = story.goal("work", 1, "2020-02-01")
    let sleep = story.goal("sleep", 2, "2020-02-01")
    story.agreeOnOpenGoals("2020-02-10")
    let file = CaseFile(id: story.caseID, records: story.ledger.all.filter { $0.id != work })
    let plan = try #require(FamilyPlan.versions(of: file).first)
    #expect(plan.goals.map(\.record.id) == [sleep])
    #expect(plan.record.identifiers(Field.Plan.goals) == [work, sleep])
    #expect(Field.Plan.all.allSatisfy { plan.record.text($0) == nil && plan.record.texts($0).isEmpty })
  }

  /// Two versions of one day: what was replaced after them was part of both, whether or not they list it.
  @Test(arguments: [true, false]) func versionsOfOneDayKeepTheirGoals(isListed: Bool) throws {
    var story = CaseStory(opened: "2020-01-02")
    let day = "2020-02-10"
    let work = story.goal("work", 1, day)
    _ = story.goal("sleep", 2, day)
    story.agreeOnOpenGoals(day)
    _ = story.goal("respite", 3, day)
    story.agreeOnOpenGoals(day)
    let id = story.fresh()
    story.ledger.write(
      CaseWork.replace(
        goal: try #require(story.ledger[work]), in: story.ledger.file(story.caseID), title: "study",
        on: .on(day)
      ) { _ in id })
    story.agreeOnOpenGoals(day)
    if !isListed {
      for plan in story.ledger.file(story.caseID).all(.plan) {
        let listed = plan.identifiers(Field.Plan.goals)
        story.change(plan.id) { for goal in listed { $0.remove(Field.Plan.goals, .identifier(goal)) } }
      }
    }
    let plans = FamilyPlan.versions(of: story.ledger.file(story.caseID))
    #expect(
      plans.map { titles($0) } == [
        ["work", "sleep"], ["work", "sleep", "respite"], ["study", "sleep", "respite"],
      ])
    #expect(plans[0].goals.first?.record.text(Field.Goal.status) == Code.replaced)
  }

  /// Two who agreed apart from each other both have a version 2.
  @Test func twoVersionsOfOneNumberAreBothThere() {
    var story = CaseStory(opened: "2020-01-02")
    story.agreeOnOpenGoals("2020-02-10")
    let before = story
    story.agreeOnOpenGoals("2020-03-01")
    let file = before.ledger.file(story.caseID)
    let id = Identifier(99_999)
    story.ledger.write(CaseWork.agreePlan(in: file, goals: [], by: [], on: .on("2020-03-02")) { _ in id })
    let plans = FamilyPlan.versions(of: story.ledger.file(story.caseID))
    #expect(plans.map(\.version) == [1, 2, 2] && plans.filter { $0.replacedOn == nil }.count == 2)
  }

  @Test func versionsOfOddNumbersDoNotTrap() {
    var story = CaseStory(opened: "2020-01-02")
    for value in [Int64.max, .min, -1, 0] {
      story.record(.plan) { $0.write(Field.Plan.version, Value.integer(value)) }
    }
    story.agreeOnOpenGoals("2020-02-10")
    #expect(FamilyPlan.versions(of: story.ledger.file(story.caseID)).count == 5)
  }

  /// R56: tasks and interventions stand under the goal that they serve.
  @Test func whatActorsDoStandsUnderTheGoal() {
    var story = CaseStory(opened: "2020-01-02")
    let work = story.goal("work", 1, "2020-02-01")
    let other = story.goal("sleep", 2, "2020-02-01")
    let task = story.record(.task) {
      $0.write(Field.Task.goal, work)
      $0.write(Field.Task.dueOn, CalendarDay.on("2020-04-01"))
    }
    story.record(.task) { $0.write(Field.Task.goal, Identifier(5)) }
    story.ledger.write(
      CaseWork.intervention(
        id: story.fresh(), in: story.caseID, title: "Stepping Stones", goal: other, on: .on("2020-02-02")))
    story.agreeOnOpenGoals("2020-02-10")
    let goals = FamilyPlan.versions(of: story.ledger.file(story.caseID))[0].goals
    #expect(goals.map { $0.tasks.map(\.id) } == [[task], []])
    #expect(goals.map(\.interventions.count) == [0, 1])
  }

  /// R74: shares are added up without trusting what they say.
  @Test func sharesMakeAtMostTheWhole() throws {
    var story = CaseStory(opened: "2020-01-02")
    let id = story.fresh()
    story.ledger.write(
      CaseWork.intervention(id: id, in: story.caseID, title: "Stepping Stones", on: .on("2020-02-02")))
    let intervention = try #require(story.ledger[id])
    for percent in [60, 40] {
      story.ledger.write(
        CaseWork.fundingShare(
          id: story.fresh(), of: intervention, payer: "x", law: "y", percent: percent, on: .on("2020-02-03")))
    }
    func shares() -> FundingShares { FundingShares(of: id, in: story.ledger.file(story.caseID)) }
    #expect(shares().percent == 100 && !shares().hasRoom(for: 1))
    for value in [Int64.max, .min, -40, 101] {
      story.record(.fundingShare) {
        $0.write(Field.FundingShare.intervention, id)
        $0.write(Field.FundingShare.percent, Value.integer(value))
      }
    }
    #expect(shares().percent == 100 && shares().records.count == 6)
    let none = FundingShares(of: Identifier(1), in: story.ledger.file(story.caseID))
    #expect(none.hasRoom(for: 100))
    for share in [101, 0, -1, Int.min, .max] { #expect(!none.hasRoom(for: share)) }
  }

  /// R36–R38: what records suggest is told until somebody recorded it, and is never written.
  @Test func changesAreSuggestedUntilTheyAreRecorded() {
    var story = CaseStory(opened: "2020-01-02")
    let triggers = ShippedWorkflow.kos.workflow.repetition?.triggers ?? []
    func proposals(_ day: String) -> [String] {
      MajorChangeProposal.proposals(
        for: story.ledger.file(story.caseID), triggers: triggers, on: .on(day)
      ).map { "\($0.happenedOn) \($0.trigger)" }
    }
    story.ledger.write(
      CaseWork.child(id: story.fresh(), in: story.caseID, name: "Bo", born: .on("2014-06-01")))
    #expect(proposals("2020-05-31").isEmpty)
    #expect(proposals("2020-06-01") == ["2020-06-01 school_start"])
    story.ledger.write(
      CaseWork.relative(
        id: story.fresh(), in: story.caseID, name: "Ib", relation: "sibling", born: .on("2020-07-10")))
    story.record(.triage) {
      $0.write(Field.Triage.triagedOn, CalendarDay.on("2020-08-01"))
      $0.write(Field.Triage.reason, "worsening")
    }
    story.record(.triage) {
      $0.write(Field.Triage.triagedOn, CalendarDay.on("2020-08-01"))
      $0.write(Field.Triage.reason, "nothing new")
    }
    #expect(
      proposals("2020-08-02") == [
        "2020-06-01 school_start", "2020-07-10 family_increase", "2020-08-01 worsening",
      ])
    story.ledger.write(
      CaseWork.majorChange(
        id: story.fresh(), in: story.caseID, trigger: "school_start", on: .on("2020-05-20")))
    #expect(proposals("2020-08-02") == ["2020-07-10 family_increase", "2020-08-01 worsening"])
    // A change of long ago does not answer for what happens now.
    story.ledger.write(
      CaseWork.majorChange(id: story.fresh(), in: story.caseID, trigger: "worsening", on: .on("2020-02-01")))
    #expect(proposals("2020-08-02").contains("2020-08-01 worsening"))
  }

  /// R53: ten dimensions, each in one domain, each with two fields of its own.
  @Test func theDimensionsOfICS() {
    let fields = ICSDimension.allCases.flatMap { [$0.fields.resources.id, $0.fields.problems.id] }
    #expect(ICSDimension.allCases.count == 10 && Set(fields).count == 20)
    #expect(fields.map(\.rawValue).sorted() == Array(13...32))
    #expect(
      ICSDomain.allCases.map { domain in ICSDimension.allCases.count { $0.domain == domain } } == [4, 3, 3])
  }
}
