public import CRDT

/// How long families wait for each step on the way to a decision (R69), by the days that records say.
public struct WaitingReport: Sendable, Hashable {
  /// A step that is waited for: from the inquiry on, and of a decision's delivery from its issue on.
  public enum Step: String, Sendable, Hashable, CaseIterable {
    /// The offer to take part.
    case offer
    /// The allocation to a coordinator.
    case allocation
    /// The first assessment meeting.
    case assessmentMeeting = "assessment_meeting"
    /// The first analysis meeting.
    case analysisMeeting = "analysis_meeting"
    /// The first plan that was agreed.
    case plan
    /// The first decision that was issued.
    case decision
    /// The delivery of each decision that was issued.
    case delivery
  }

  /// What is said of one step.
  public struct Row: Sendable, Hashable {
    /// The step.
    public let step: Step
    /// The days that those waited who reached it, in the period.
    public let waited: RankedNumbers
    /// The days that those have waited so far who have not.
    public let waiting: RankedNumbers
    /// In how many cases this replica cannot tell.
    public let untold: Int
  }

  /// One row a step, in their order.
  public let rows: [Row]

  /// Measures a case stock.
  ///
  /// A case without an inquiry is measured from nowhere and left out, but for deliveries. It waits for a
  /// step when it has reached neither that one nor a later one, is not discharged, and the family has not
  /// declined. A step before the inquiry was waited for 0 days.
  ///
  /// - Parameters:
  ///   - period: steps count that were reached in it; who waits is told at its end.
  ///   - isWhole: whether the replica holds all of a case, and not its milestones alone: the days of plans
  ///     are no milestones.
  /// - Complexity: O(n log n)
  public init(_ stock: CaseStock, in period: ReportPeriod, isWhole: (Identifier) -> Bool = { _ in true }) {
    var waited: [Step: [Int]] = [:]
    var waiting: [Step: [Int]] = [:]
    var untold: [Step: Int] = [:]
    for file in stock.files.values {
      Self.measureDeliveries(file, period, &waited, &waiting)
      guard let start = Self.first(file, .inquiry, Field.Inquiry.receivedOn, by: period.end) else { continue }
      let reached = Self.reached(file, by: period.end)
      let isOver = [.declined, .discharged].contains(file.status(at: period.end))
      let isWhole = isWhole(file.id)
      for (place, step) in Self.stepsFromInquiry.enumerated() {
        if step == .plan, !isWhole {
          untold[step, default: 0] += 1
        } else if let day = reached[step] {
          if period.contains(day) { waited[step, default: []].append(max(0, day.days(since: start))) }
        } else if !isOver, !Self.stepsFromInquiry.dropFirst(place).contains(where: { reached[$0] != nil }) {
          waiting[step, default: []].append(period.end.days(since: start))
        }
      }
    }
    rows = Step.allCases.map { step in
      Row(
        step: step, waited: RankedNumbers(waited[step] ?? []), waiting: RankedNumbers(waiting[step] ?? []),
        untold: untold[step] ?? 0)
    }
  }

  private static let stepsFromInquiry: [Step] = Step.allCases.filter { $0 != .delivery }

  private static func reached(_ file: CaseFile, by end: CalendarDay) -> [Step: CalendarDay] {
    var days: [Step: CalendarDay] = [:]
    days[.offer] = first(file, .offer, Field.Offer.offeredOn, by: end)
    days[.allocation] = first(file, .allocation, Field.Allocation.allocatedOn, by: end)
    days[.assessmentMeeting] = first(file, .assessmentMeeting, Field.AssessmentMeeting.heldOn, by: end)
    days[.analysisMeeting] = first(file, .analysisMeeting, Field.AnalysisMeeting.heldOn, by: end)
    days[.plan] = first(file, .plan, Field.Plan.agreedOn, by: end)
    days[.decision] = file.all(.decision).compactMap(\.issuedOn).filter { $0 <= end }.min()
    return days
  }

  private static func measureDeliveries(
    _ file: CaseFile, _ period: ReportPeriod, _ waited: inout [Step: [Int]], _ waiting: inout [Step: [Int]]
  ) {
    for decision in file.all(.decision) {
      guard let issued = decision.issuedOn, issued <= period.end else { continue }
      if let delivered = decision.day(Field.Decision.deliveredOn), delivered <= period.end {
        if period.contains(delivered) {
          waited[.delivery, default: []].append(max(0, delivered.days(since: issued)))
        }
      } else if !decision.hasElements(Field.Decision.withdrawn) {
        waiting[.delivery, default: []].append(period.end.days(since: issued))
      }
    }
  }

  private static func first(
    _ file: CaseFile, _ kind: RecordKind, _ field: FieldDefinition, by end: CalendarDay
  ) -> CalendarDay? {
    file.all(kind).compactMap { $0.day(field) }.filter { $0 <= end }.min()
  }

  /// One row a step; all numbers but the counts are days.
  public var table: ReportTable {
    var table = ReportTable(
      columns: [
        "step", "reached", "median_days", "ninetieth_percentile_days", "longest_days", "waiting",
        "waiting_median_days", "waiting_longest_days", "untold",
      ], charted: "median_days")
    for row in rows {
      let (reached, waiting) = ([table.next(1)], [table.next(5)])
      func derived(_ number: Int?, _ places: [ReportTable.Place]) -> ReportTable.Cell {
        number.map { .derived(.whole($0), from: places) } ?? .none
      }
      func extreme(_ number: Int?) -> ReportTable.Cell { number.map { .extreme(.whole($0)) } ?? .none }
      table.rows.append([
        .code(row.step.rawValue), .count(row.waited.count), derived(row.waited.median, reached),
        derived(row.waited.quantile(percent: 90), reached), extreme(row.waited.highest),
        .count(row.waiting.count), derived(row.waiting.median, waiting), extreme(row.waiting.highest),
        .figure(row.untold),
      ])
    }
    return table
  }
}
