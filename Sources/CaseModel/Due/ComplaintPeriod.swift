/// In what time the parties may complain about a decision: so many days from the one on which it reached
/// them, and not from the one on which it was issued (retssikkerhedsloven § 67; forvaltningsloven § 25).
///
/// A decision is issued once and says what it says, so it holds the period as the day on which it would end
/// had it been delivered on the day of issue. Until it is delivered no day can be told.
public struct ComplaintPeriod: Sendable, Hashable {
  /// How many days there are, from the delivery on.
  public let dayCount: Int
  /// The last day for a complaint; `nil` until the decision is delivered.
  public let until: CalendarDay?

  /// Reads it from a decision; `nil` where there is nothing to complain about: it is not issued, or was taken
  /// back.
  public init?(of decision: CaseRecord) {
    guard !decision.hasElements(Field.Decision.withdrawn),
      let issued = decision.issuedOn,
      decision.issued(Field.Decision.complaintUntil), let end = decision.day(Field.Decision.complaintUntil)
    else { return nil }
    dayCount = max(0, end.days(since: issued))
    // Nothing is delivered before it is issued: such a day is a slip of the pen and shortens no period.
    let delivered = decision.day(Field.Decision.deliveredOn).map { max($0, issued) }
    let dayCount = dayCount
    until = delivered.flatMap { try? $0.adding(days: dayCount) }
  }
}
