import CaseModel
import Testing

@Suite struct StatusReportTests {
  private let memoDay = CalendarDay.on("2020-07-01")
  private let periodStart = CalendarDay.on("2020-05-01")

  /// R64: the memo's figures on 1 July 2020.
  @Test func theMemosFigures() throws {
    let records = Caseload.imported(try Caseload.shipped).all
    let figures = StatusReport.figures(records, at: memoDay, from: periodStart)
    #expect(
      figures.rows.map { "\($0.key) \($0.value)" } == [
        "children_ever 23", "families_ever 23", "children_enrolled 22", "families_enrolled 22",
        "families_discharged 1", "families_enrolled_in_period 3", "assessment_meetings 9",
        "analysis_meetings 0", "families_offered 24", "families_declined 1",
      ])
  }

  @Test func aLeaderWithoutParticipationGetsTheSame() throws {
    let ledger = Caseload.imported(try Caseload.shipped)
    var state = GoverningState()
    for record in ledger.all { state.update(with: record) }
    state.setRole(.leader, of: .init(5))
    let readable = ledger.all.filter {
      may(.init(5), .read, $0.reference, at: 0, in: state).isAllowed
    }
    #expect(readable.count < ledger.all.count)
    #expect(!readable.contains { $0.kind == .note || $0.kind == .contact })
    for month in 0..<14 {
      let day = try CalendarDay.on("2019-09-01").adding(months: month)
      #expect(
        StatusReport.figures(readable, at: day, from: periodStart)
          == StatusReport.figures(ledger.all, at: day, from: periodStart))
    }
  }

  @Test func whoComesBackIsEnrolledAgain() {
    let text = """
      {"date": "2020-01-01", "event": "enrolled", "family": "F", "children": ["a", "b"]}
      {"date": "2020-02-01", "event": "discharged", "family": "F", "children": ["a"]}
      {"date": "2020-03-01", "event": "discharged", "family": "F"}
      {"date": "2020-05-01", "event": "enrolled", "family": "F", "children": ["a"]}
      """
    let records = Caseload.imported(text).all
    func row(_ day: String, from start: String = "2020-04-01") -> [Int] {
      let figures = StatusReport.figures(records, at: .on(day), from: .on(start))
      return [
        figures.childrenEver, figures.childrenEnrolled, figures.familiesEnrolled, figures.familiesDischarged,
        figures.familiesEnrolledInPeriod,
      ]
    }
    #expect(row("2019-12-31") == [0, 0, 0, 0, 0])
    #expect(row("2020-01-01") == [2, 2, 1, 0, 0])
    #expect(row("2020-01-01", from: "2020-01-01") == [2, 2, 1, 0, 1])
    #expect(row("2020-02-01") == [2, 1, 1, 0, 0])
    #expect(row("2020-03-01") == [2, 0, 0, 1, 0])
    #expect(row("2020-05-01") == [2, 1, 1, 0, 1])
    #expect(row("2020-06-01", from: "2020-05-02") == [2, 1, 1, 0, 0])
  }

  @Test func aFamilyWhoseChildrenNobodyRecordedCountsAsAFamily() {
    let text = #"{"date": "2020-01-01", "event": "enrolled", "family": "F"}"#
    let figures = StatusReport.figures(Caseload.imported(text).all, at: memoDay)
    #expect(figures.familiesEnrolled == 1 && figures.childrenEnrolled == 0)
    #expect(StatusReport.figures([], at: memoDay) == StatusFigures())
  }

  /// Other caseloads, counted day by day from their events alone.
  @Test(arguments: 0..<150)
  func agreesWithCountingDayByDay(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let caseload = NaiveCaseload(using: &random)
    let records = Caseload.imported(caseload.lines.shuffled(using: &random).joined(separator: "\n")).all
    for _ in 0..<6 {
      let (first, last) = (random.below(60), random.below(60))
      let start = try CalendarDay.on("2020-01-01").adding(days: first)
      let day = try CalendarDay.on("2020-01-01").adding(days: last)
      #expect(
        StatusReport.figures(records, at: day, from: start) == caseload.figures(at: last, from: first),
        "seed \(seed)")
    }
  }
}
