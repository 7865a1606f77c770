/// Whether the plan was followed up with the family every third month since it was agreed (R34), or as often
/// as its workflow says, as far as this replica holds the plan.
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
    let meetings = file.all(.followUpMeeting).compactMap { $0.day(Field.FollowUpMeeting.heldOn) }
    let done =
      meetings.map { CadenceClock.Occasion(day: $0, saysWhy: false) } + file.said(done: cadences.followUpStep)
    let held = done.map(\.day).filter { $0 <= day }
    clock = CadenceClock(
      spans: Self.common(Self.beginnings(file, held, on: day), spans), cadence: cadences.followUp,
      occasions: done, interruptions: interruptions, on: day)
  }

  /// From the day after each day on which the months begin through the next such day: that of a plan's
  /// version, or of a meeting after the first plan. A plan of a later day is not there yet, and on the day on
  /// which one is agreed nothing is owed for the one before.
  private static func beginnings(
    _ file: CaseFile, _ held: [CalendarDay], on day: CalendarDay
  ) -> [DaySpan] {
    let plans = file.all(.plan).compactMap { $0.day(Field.Plan.agreedOn) }.filter { $0 <= day }
    guard let start = plans.min() else { return [] }
    let days = Set(plans + held.filter { $0 > start }).sorted()
    return days.indices.compactMap { place in
      guard let first = try? days[place].adding(days: 1) else { return nil }
      guard place + 1 < days.count else { return DaySpan(from: first, through: nil) }
      let next = days[place + 1]
      let isReplacedToday = next == day && !held.contains(day)
      return DaySpan(from: first, through: isReplacedToday ? (try? next.adding(days: -1)) : next)
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

extension CaseFile {
  /// When people said that a step was done that is taken again and again. With a note on it they said why, as
  /// they may of what was done late and recorded without a reason.
  func said(done step: String?) -> [CadenceClock.Occasion] {
    let steps = step.map { step in all(.step).filter { $0.text(Field.Step.step) == step } } ?? []
    guard !steps.isEmpty else { return [] }
    let commented = Set(all(.note).compactMap { $0.identifier(Field.Note.concerns) })
    return steps.compactMap { record in
      record.day(Field.Step.completedOn).map {
        CadenceClock.Occasion(day: $0, saysWhy: commented.contains(record.id))
      }
    }
  }
}
