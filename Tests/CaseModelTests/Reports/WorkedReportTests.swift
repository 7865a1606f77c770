import CRDT
import CaseModel
import Testing

/// Reports of small caseloads whose figures were worked out by hand.
@Suite struct WorkedReportTests {
  private func period(_ end: String, from start: String? = nil) -> ReportPeriod {
    ReportPeriod(from: start.map { .on($0) }, at: .on(end))
  }

  /// R69: the days of five families from the inquiry on, of whom one declined and one has reached nothing.
  @Test func waitingDays() {
    var book = ReportBook()
    let first = book.family(
      1, inquiry: "2020-01-01", enrolled: "2020-02-01", coordinator: 7, allocated: "2020-01-11")
    book.write(CaseWork.offer(id: book.id(), in: first, on: .on("2020-01-04")))
    book.write(CaseWork.assessmentMeeting(id: book.id(), in: first, on: .on("2020-02-10")))
    book.write(CaseWork.plan(id: book.id(), in: first, version: 1, on: .on("2020-03-01")))
    book.decision(
      first, "respite", by: 7, "granted", amount: 100, issued: "2020-03-11", delivered: "2020-03-16")
    let second = book.family(2, inquiry: "2020-01-10")
    book.write(CaseWork.offer(id: book.id(), in: second, on: .on("2020-01-20")))
    book.decision(second, "respite", by: 7, "refused", amount: 0, issued: "2020-04-09")
    let third = book.family(3, inquiry: "2020-03-01")
    book.write(CaseWork.offer(id: book.id(), in: third, on: .on("2020-02-28")))
    let declined = book.family(4, inquiry: "2020-01-01")
    book.write(CaseWork.offer(id: book.id(), in: declined, on: .on("2020-01-31")))
    if let offer = book.stock.files[declined]?.all(.offer).first {
      book.write(CaseWork.decline(offer, on: .on("2020-02-01")))
    }
    _ = book.family(5, inquiry: "2020-04-01")

    // Offers after 3, 10, 0 and 30 days; the fifth family waits since 10 days.
    let table = WaitingReport(book.stock, in: period("2020-04-11")).table
    #expect(
      table.allTexts == [
        ["offer", "4", "3", "30", "30", "1", "10", "10", "0"],
        // The second has a decision, so nothing before it is waited for; the third and fifth wait.
        ["allocation", "1", "10", "10", "10", "2", "10", "41", "0"],
        ["assessment_meeting", "1", "40", "40", "40", "2", "10", "41", "0"],
        ["analysis_meeting", "0", "–", "–", "–", "2", "10", "41", "0"],
        ["plan", "1", "60", "60", "60", "2", "10", "41", "0"],
        ["decision", "2", "70", "90", "90", "2", "10", "41", "0"],
        ["delivery", "1", "5", "5", "5", "1", "2", "2", "0"],
      ])
    // What was reached before the period does not count in it.
    let late = WaitingReport(book.stock, in: period("2020-04-11", from: "2020-01-20")).table
    #expect(late.texts(0) == ["offer", "3", "10", "30", "30", "1", "10", "10", "0"])
    // Who holds milestones alone is told nothing of plans, and not that there are none.
    let leader = WaitingReport(book.stock, in: period("2020-04-11")) { _ in false }.table
    #expect(leader.texts(4) == ["plan", "0", "–", "–", "–", "0", "–", "–", "5"])
    #expect(leader.texts(5) == table.texts(5))
  }

  /// R32: two coordinators in January and February; March is not over.
  @Test func contacts() throws {
    var book = ReportBook()
    let one = book.family(1, enrolled: "2019-12-15", coordinator: 7)
    let two = book.family(2, enrolled: "2020-01-01", coordinator: 7)
    let three = book.family(3, enrolled: "2020-01-02", coordinator: 8)
    _ = book.family(4, enrolled: "2019-12-01", discharged: "2020-02-15")
    for (caseID, days) in [
      (one, ["2020-01-31", "2020-02-01"]), (two, ["2020-02-29", "2020-02-01"]), (three, ["2020-01-15"]),
    ] {
      for day in days {
        book.write(CaseWork.contact(id: book.id(), in: caseID, form: "visit", by: nil, on: .on(day)))
      }
    }
    let report = ContactReport(book.stock, in: period("2020-03-30", from: "2019-12-02"))
    #expect(
      report.table.allTexts == [
        // One and two were enrolled on the first and the last of January; the fourth has nobody.
        ["2020-01", "7", "2", "1", "1", "50.00"], ["2020-01", "unallocated", "1", "0", "1", "0.00"],
        ["2020-01", "total", "3", "1", "2", "33.33"], ["2020-02", "7", "2", "2", "0", "100.00"],
        ["2020-02", "8", "1", "0", "1", "0.00"], ["2020-02", "total", "3", "2", "1", "66.67"],
      ])
    let leader = ContactReport(book.stock, in: period("2020-03-30")) { $0 != one }
    #expect(leader.untold == 1 && leader.rows.first?.families == 1)
  }

  /// What the report counts is what the day's list counts: a meeting with the family is contact, and a month
  /// in which the work stood still is nobody's fault.
  @Test func contactsAreThoseOfTheClock() {
    var book = ReportBook()
    let one = book.family(1, enrolled: "2019-12-15", coordinator: 7)
    book.write(CaseWork.assessmentMeeting(id: book.id(), in: one, on: .on("2020-01-20")))
    book.write(
      CaseWork.analysisMeeting(id: book.id(), in: one, withParents: false, on: .on("2020-02-20")))
    book.write(
      CaseWork.interruption(
        id: book.id(), cause: "covid", from: .on("2020-03-10"), until: .on("2020-03-31")))
    let rows = ContactReport(book.stock, in: period("2020-04-30", from: "2019-12-02")).rows
    #expect(rows.map { "\($0.month.text) \($0.contacted)" } == ["2020-01 1", "2020-02 0", "2020-04 0"])
  }

  @Test func wholeMonths() throws {
    let months = MonthWindow.whole(from: .on("2020-01-31"), through: .on("2020-03-31")).map(\.text)
    #expect(months == ["2020-02", "2020-03"])
    #expect(MonthWindow.whole(from: .on("2020-02-01"), through: .on("2020-02-28")).isEmpty)
    #expect(MonthWindow.whole(from: .max, through: .max).isEmpty)
    #expect(MonthWindow.whole(from: .on("2199-12-01"), through: .max).count == 1)
    #expect(MonthWindow.whole(from: .min, through: .max).count == 3600)
  }

  /// R52.
  @Test func caseloads() {
    var book = ReportBook()
    _ = book.family(1, children: 2, enrolled: "2020-02-01", coordinator: 7)
    _ = book.family(2, coordinator: 7)
    _ = book.family(3, children: 3, enrolled: "2020-02-01", coordinator: 8, allocated: "2020-03-01")
    _ = book.family(4, enrolled: "2020-01-15", discharged: "2020-02-20", coordinator: 8)
    func texts(_ day: String) -> [[String]] { CaseloadReport(book.stock, at: .on(day)).table.allTexts }
    #expect(
      texts("2020-02-19") == [
        ["7", "2", "1", "2"], ["8", "1", "1", "1"], ["unallocated", "1", "1", "3"], ["total", "4", "3", "6"],
      ])
    #expect(texts("2020-03-01") == [["7", "2", "1", "2"], ["8", "1", "1", "3"], ["total", "3", "2", "5"]])
    #expect(texts("2019-01-01") == [["total", "0", "0", "0"]])
  }

  /// R55: in one of two families the family's first goal was the team's; ranks differ by 0, 1 and 3.
  @Test func priorities() throws {
    var book = ReportBook()
    let one = book.family(1)
    let two = book.family(2)
    let three = book.family(3)
    func goal(_ caseID: Identifier, _ family: Int?, _ team: Int?) {
      book.write(
        CaseWork.goal(
          id: book.id(), in: caseID, title: "mål", familyRank: family, teamRank: team, on: .on("2020-01-01")))
    }
    goal(one, 1, 1)
    goal(one, 2, 3)
    goal(two, 1, 4)
    goal(two, nil, 1)
    goal(three, 1, nil)
    // A field may hold any number: these are no ranks.
    goal(three, Int(Int64.min), Int(Int64.max))
    let report = PriorityReport(book.stock, at: .on("2020-02-01"))
    #expect(report.table.allTexts == [["2", "1", "1", "50.00", "3", "1.33"]])
    #expect(
      report.caseTable.allTexts == [
        ["1", "2", "2", "yes", "0.50"], ["2", "2", "1", "no", "3.00"], ["3", "2", "0", "–", "–"],
      ])
    #expect(PriorityReport(book.stock, at: .on("2019-02-01")).rows.isEmpty)
  }

  /// R65–R67: two families in two measurements, of which one answered to both.
  @Test func surveys() {
    var book = ReportBook()
    let one = book.family(1)
    let two = book.family(2)
    func answer(
      _ caseID: Identifier, _ survey: Survey, _ number: Int, _ answers: [String: Int], _ day: String
    ) {
      book.write(
        CaseWork.surveyResponse(
          id: book.id(), in: caseID, survey, measurement: number, answers: answers, on: .on(day)))
    }
    // Both parents of the first family answer, and one of them again a year later.
    answer(one, .family, 1, ["entrance": 2, "trust": 3, "coherence": 5], "2020-03-01")
    answer(one, .family, 1, ["entrance": 3], "2020-03-01")
    answer(two, .family, 1, ["entrance": 5, "coordination": 1], "2020-03-05")
    answer(one, .family, 2, ["entrance": 4, "trust": 99], "2021-03-01")
    answer(one, .coreTeam, 1, ["coordination": 4], "2020-03-01")
    let table = SurveyReport(book.stock, in: period("2021-12-31")).table
    #expect(
      table.allTexts == [
        ["family", "entrance", "1", "3", "3.33", "2", "–"],
        ["family", "entrance", "2", "1", "4.00", "1", "1.50"],
        ["family", "coherence", "1", "1", "5.00", "1", "–"],
        ["family", "trust", "1", "1", "3.00", "1", "–"],
        ["core_team", "coordination", "1", "1", "4.00", "1", "–"],
      ])
    // Of a period's own answers alone, but what they progressed from counts still.
    let later = SurveyReport(book.stock, in: period("2021-12-31", from: "2021-01-01")).table
    #expect(later.allTexts == [["family", "entrance", "2", "1", "4.00", "1", "1.50"]])
    #expect(Survey.family.nextMeasurement(in: book.ledger.file(one), on: .on("2021-03-01")) == 2)
    #expect(Survey.family.nextMeasurement(in: book.ledger.file(one), on: .on("2021-03-02")) == 3)
    #expect(Survey.coreTeam.nextMeasurement(in: book.ledger.file(two), on: .on("2021-03-02")) == 1)
  }

  /// R70: two who decide on respite, one of them on transport too.
  @Test func decisions() {
    var book = ReportBook()
    let one = book.family(1)
    book.decision(one, "respite", by: 7, "granted", amount: 1000, issued: "2020-01-01")
    book.decision(one, "respite", by: 7, "granted_in_part", amount: 500, issued: "2020-01-02")
    book.decision(one, "respite", by: 7, "refused", amount: 900, issued: "2020-01-03")
    book.decision(one, "respite", by: 8, "granted", amount: 4000, issued: "2020-01-04")
    book.decision(one, "respite", by: 8, "granted", amount: 9, issued: "2020-01-05", withdrawn: true)
    book.decision(one, "respite", by: 8, "granted", amount: 9, issued: "2021-01-05")
    book.decision(one, "transport", by: 8, "advice", amount: 0, issued: "2020-01-05")
    #expect(
      DecisionReport(book.stock, in: period("2020-12-31")).table.allTexts == [
        ["respite", "7", "3", "1", "1", "1", "0", "5.00", "5.00", "10.00", "5.00"],
        ["respite", "8", "1", "1", "0", "0", "0", "40.00", "40.00", "40.00", "0.00"],
        ["respite", "total", "4", "2", "1", "1", "0", "10.00", "5.00", "40.00", "35.00"],
        ["transport", "8", "1", "0", "0", "0", "1", "–", "–", "–", "–"],
        ["transport", "total", "1", "0", "0", "0", "1", "–", "–", "–", "–"],
      ])
  }

  /// What the period adds to the memo, and what concerns the project as a whole (R64).
  @Test func memo() throws {
    var book = ReportBook()
    let one = book.family(1, children: 2, enrolled: "2020-02-01", discharged: "2020-05-01")
    _ = book.family(2, children: 3, enrolled: "2020-04-01")
    let three = book.family(3)
    for caseID in [one, three] {
      book.write(CaseWork.offer(id: book.id(), in: caseID, on: .on("2020-01-15")))
    }
    book.write(CaseWork.assessmentMeeting(id: book.id(), in: one, on: .on("2020-02-15")))
    book.write(CaseWork.assessmentMeeting(id: book.id(), in: one, on: .on("2020-04-15")))
    book.write(CaseWork.interruption(id: book.id(), cause: "covid", from: .on("2020-03-12")))
    book.write(
      CaseWork.interruption(
        id: book.id(), cause: "strike", from: .on("2020-03-01"), until: .on("2020-03-14")))
    book.write(CaseWork.trainingDay(id: book.id(), title: "ICS", plannedOn: .on("2020-02-01")))
    book.write(
      CaseWork.trainingDay(
        id: book.id(), title: "Plan", plannedOn: .on("2020-02-02"), heldOn: .on("2020-02-03")))
    book.write(
      CaseWork.trainingDay(
        id: book.id(), title: "Senere", plannedOn: .on("2020-07-02"), heldOn: .on("2020-07-03")))
    book.write(
      CaseWork.target(id: book.id(), figure: .childrenEver, value: 30, by: .on("2021-12-31")))
    let memo = StatusMemo(book.stock, in: period("2020-06-01", from: "2020-03-10"))
    let numbers = Dictionary(memo.table.allTexts.map { ($0[0], $0[1]) }, uniquingKeysWith: { $1 })
    for (key, value) in [
      "children_ever": "5", "children_enrolled": "3", "children_discharged": "2",
      "children_enrolled_in_period": "3", "children_discharged_in_period": "2",
      "families_discharged_in_period": "1", "families_accepted": "1", "families_refused": "0",
      "families_unanswered": "1", "acceptance_percent": "100.00", "assessment_meetings_in_period": "1",
      "interruptions": "2", "interrupted_days": "84", "training_days_held": "1", "training_days_left": "2",
    ] { #expect(numbers[key] == value, "\(key)") }
    let target = try #require(memo.targets.first)
    #expect(target.value == 30 && target.reached == 5 && target.figure == "children_ever")
  }

  /// The memo's own figures stay what they are, with all that is told beside them.
  @Test func theMemoOfJuly() throws {
    let stock = CaseStock(records: Caseload.imported(try Caseload.shipped).all)
    let memo = StatusMemo(stock, in: period("2020-07-01", from: "2020-05-01"))
    let numbers = Dictionary(memo.table.allTexts.map { ($0[0], $0[1]) }, uniquingKeysWith: { $1 })
    #expect(numbers["children_ever"] == "23" && numbers["children_enrolled"] == "22")
    #expect(numbers["families_discharged"] == "1" && numbers["assessment_meetings"] == "9")
    #expect(numbers["families_enrolled_in_period"] == "3" && numbers["families_accepted"] == "23")
    #expect(numbers["acceptance_percent"] == "95.83" && numbers["children_discharged"] == "1")
  }
}
