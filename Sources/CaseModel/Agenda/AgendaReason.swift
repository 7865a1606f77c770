/// Why a case stands on the agenda of a status meeting (R28): what has developed in it.
public enum AgendaReason: String, Sendable, Hashable, CaseIterable, Comparable {
  /// The last meeting ended without an outcome for it.
  case carriedOver = "carried_over"
  /// It was enrolled.
  case newCase = "new_case"
  /// A contact says what may turn out badly (R33).
  case contactEarlyWarning = "contact_early_warning"
  /// News came from outside the core team (R30).
  case update
  /// Something major changed in the family's life, or it was decided on (R36, R38).
  case majorChange = "major_change"
  /// Information that was asked for came (R18).
  case informationArrived = "information_arrived"
  /// An assessment was written or an assessment meeting held (R5).
  case assessment
  /// An analysis meeting was held (R13, R21).
  case analysisMeeting = "analysis_meeting"
  /// The family's plan or its goals changed (R26, R35).
  case plan
  /// A follow-up meeting was held (R34).
  case followUp = "follow_up"
  /// A decision was issued, delivered or taken back (R23).
  case decision
  /// The month passed without a contact with the family (R32).
  case overdueContact = "overdue_contact"
  /// Three months passed without a follow-up meeting (R34).
  case overdueFollowUp = "overdue_follow_up"
  /// A task is not done by its day (R56).
  case overdueTask = "overdue_task"
  /// Values were written without knowledge of each other.
  case conflict

  /// What a meeting looks at first.
  public static func < (left: AgendaReason, right: AgendaReason) -> Bool {
    (places[left] ?? 0) < (places[right] ?? 0)
  }

  private static let places: [AgendaReason: Int] =
    Dictionary(allCases.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
}
