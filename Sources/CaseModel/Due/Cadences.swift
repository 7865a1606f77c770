/// How often what recurs is to happen. The workflow says so; these are the numbers of the model (R27, R32,
/// R34).
public struct Cadences: Sendable, Hashable {
  /// Days from one status meeting of the core team to the next (R27).
  public let statusMeetingDays: Int
  /// Within which time the family is contacted at least once, again and again (R32).
  public let contact: Cadence
  /// Within which time a follow-up meeting is held (R34).
  public let followUp: Cadence
  /// The code of the workflow's step that contacts show; who says that it is done says that there was one.
  public let contactStep: String?
  /// The code of the workflow's step that follow-up meetings show.
  public let followUpStep: String?

  /// Describes how often. A number outside 1–366 days is taken for the nearest within, so that no text of a
  /// workflow leads arithmetic astray.
  public init(
    statusMeetingDays: Int = 14, contact: Cadence = .month, followUp: Cadence = .quarter,
    contactStep: String? = nil, followUpStep: String? = nil
  ) {
    self.statusMeetingDays = min(max(statusMeetingDays, 1), 366)
    self.contact = contact
    self.followUp = followUp
    self.contactStep = contactStep
    self.followUpStep = followUpStep
  }
}
