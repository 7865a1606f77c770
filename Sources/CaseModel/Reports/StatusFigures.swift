/// The figures of the status memo (R64). The memo mixes children and families; here both are counted.
public struct StatusFigures: Sendable, Hashable, Codable {
  /// Children enrolled at any time up to the day.
  public var childrenEver = 0
  /// Families with a child enrolled at any time up to the day.
  public var familiesEver = 0
  /// Children enrolled on the day.
  public var childrenEnrolled = 0
  /// Families with a child enrolled on the day.
  public var familiesEnrolled = 0
  /// Families that were enrolled and are discharged by the day, with no child enrolled on it.
  public var familiesDischarged = 0
  /// Families that became enrolled in the period.
  public var familiesEnrolledInPeriod = 0
  /// Assessment meetings held up to the day.
  public var assessmentMeetings = 0
  /// Analysis meetings held up to the day.
  public var analysisMeetings = 0
  /// Families asked to take part up to the day.
  public var familiesOffered = 0
  /// Families that said no up to the day.
  public var familiesDeclined = 0

  /// Figures that are all 0.
  public init() {}

  /// The keys, in the order in which they are printed.
  public enum CodingKeys: String, CodingKey, CaseIterable, Sendable {
    /// `childrenEver`
    case childrenEver = "children_ever"
    /// `familiesEver`
    case familiesEver = "families_ever"
    /// `childrenEnrolled`
    case childrenEnrolled = "children_enrolled"
    /// `familiesEnrolled`
    case familiesEnrolled = "families_enrolled"
    /// `familiesDischarged`
    case familiesDischarged = "families_discharged"
    /// `familiesEnrolledInPeriod`
    case familiesEnrolledInPeriod = "families_enrolled_in_period"
    /// `assessmentMeetings`
    case assessmentMeetings = "assessment_meetings"
    /// `analysisMeetings`
    case analysisMeetings = "analysis_meetings"
    /// `familiesOffered`
    case familiesOffered = "families_offered"
    /// `familiesDeclined`
    case familiesDeclined = "families_declined"
  }

  /// One figure by its key.
  public subscript(key: CodingKeys) -> Int {
    switch key {
    case .childrenEver: childrenEver
    case .familiesEver: familiesEver
    case .childrenEnrolled: childrenEnrolled
    case .familiesEnrolled: familiesEnrolled
    case .familiesDischarged: familiesDischarged
    case .familiesEnrolledInPeriod: familiesEnrolledInPeriod
    case .assessmentMeetings: assessmentMeetings
    case .analysisMeetings: analysisMeetings
    case .familiesOffered: familiesOffered
    case .familiesDeclined: familiesDeclined
    }
  }

  /// The figures with their keys in the fixed order, for printing; encoders keep no order.
  public var rows: [(key: String, value: Int)] { CodingKeys.allCases.map { ($0.rawValue, self[$0]) } }
}
