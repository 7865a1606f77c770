/// Whether the plan was followed up with the family every third month since it was agreed (R34), as far as
/// this replica holds the plan.
///
/// The months count from the day after the plan's version was agreed, and anew from each meeting, so that one
/// that came late is not soon followed by another, nor one that came early by none. A case without a plan, or
/// not enrolled, owes no follow-up.
public struct FollowUpClock: Sendable, Hashable {
  /// The quarters, and when the next follow-up is due.
  public let clock: CadenceClock

  /// Reads the clock of a case on a day.
  ///
  /// - Complexity: O(n log n) in the case's plans and follow-up meetings.
  public init(
    _ file: CaseFile, interruptions: Interruptions = .none, cadences: Cadences = Cadences(),
    on day: CalendarDay
  ) {
    self.init(
      file, spans: file.enrolmentHistory.spans, interruptions: interruptions, cadences: cadences, on: day)
  }

  init(
    _ file: CaseFile, spans: [DaySpan], interruptions: Interruptions, cadences: Cadences, on day: CalendarDay
  ) {
    let held = file.all(.followUpMeeting).compactMap { $0.day(Field.FollowUpMeeting.heldOn) }
      .filter { $0 <= day }
    clock = CadenceClock(
      spans: Self.common(Self.beginnings(file, held), spans), months: cadences.followUpMonths,
      occasions: held.map { CadenceClock.Occasion(day: $0, saysWhy: false) }, interruptions: interruptions,
      on: day)
  }

  /// From the day after each day on which the months begin through the next such day: that of a plan's
  /// version, or of a meeting after the first plan.
  private static func beginnings(_ file: CaseFile, _ held: [CalendarDay]) -> [DaySpan] {
    let plans = file.all(.plan).compactMap { $0.day(Field.Plan.agreedOn) }
    guard let start = plans.min() else { return [] }
    let days = Set(plans + held.filter { $0 > start }).sorted()
    return days.indices.compactMap { place in
      guard let first = try? days[place].adding(days: 1) else { return nil }
      return DaySpan(from: first, through: place + 1 < days.count ? days[place + 1] : nil)
    }
  }

  /// The days that are in both, each list being apart and in order.
  private static func common(_ left: [DaySpan], _ right: [DaySpan]) -> [DaySpan] {
    var (common, place): ([DaySpan], Int) = ([], 0)
    for span in left {
      while place < right.count, (right[place].last ?? .max) < span.first { place += 1 }
      for other in right[place...].prefix(while: { $0.first <= span.last ?? .max }) {
        if let both = span.common(with: other) { common.append(both) }
      }
    }
    return common
  }
}
