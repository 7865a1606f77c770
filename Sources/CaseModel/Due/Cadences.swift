/// How often what recurs is to happen. The workflow says so; these are the numbers of the model (R27, R32,
/// R34).
public struct Cadences: Sendable, Hashable {
  /// Days from one status meeting of the core team to the next (R27).
  public let statusMeetingDays: Int
  /// Months within each of which the family is contacted at least once (R32).
  public let contactMonths: Int
  /// Months within each of which a follow-up meeting is held (R34).
  public let followUpMonths: Int

  /// Describes how often. A number outside 1–366 days or 1–60 months is taken for the nearest within, so
  /// that no text of a workflow leads arithmetic astray.
  public init(statusMeetingDays: Int = 14, contactMonths: Int = 1, followUpMonths: Int = 3) {
    self.statusMeetingDays = min(max(statusMeetingDays, 1), 366)
    self.contactMonths = min(max(contactMonths, 1), 60)
    self.followUpMonths = min(max(followUpMonths, 1), 60)
  }
}
