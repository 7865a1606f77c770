/// Codes of fields whose meaning the code knows. Other codes are open lists that a user's language labels.
public enum Code {
  /// An offer that the family accepted (`Field.Offer.answer`).
  public static let accepted = "accepted"
  /// An offer or a proposal that was declined (`Field.Offer.answer`, `Field.Eligibility.outcome`).
  public static let declined = "declined"
  /// A proposal that a person confirmed (`Field.Eligibility.outcome`).
  public static let confirmed = "confirmed"
  /// What stands where it never should have (`Field.Settlement.rule`).
  public static let enteredInError = "entered_in_error"
  /// A goal that is worked on (`Field.Goal.status`).
  public static let open = "open"
  /// A goal that was reached (`Field.Goal.status`).
  public static let reached = "reached"
  /// A goal that was given up (`Field.Goal.status`).
  public static let dropped = "dropped"
  /// A decision that grants what was asked for (`Field.Decision.outcome`).
  public static let granted = "granted"
  /// One that grants a part of it (`Field.Decision.outcome`).
  public static let grantedInPart = "granted_in_part"
  /// One that refuses it (`Field.Decision.outcome`).
  public static let refused = "refused"
  /// What an analysis meeting found when it found no basis for a plan (`Field.AnalysisMeeting.outcome`, R16).
  public static let missingInformation = "missing_information"
  /// A goal that another took the place of (`Field.Goal.status`).
  public static let replaced = "replaced"
  /// An intervention that was proposed to the family (`Field.Intervention.status`, R22).
  public static let proposed = "proposed"
  /// An intervention that runs (`Field.Intervention.status`).
  public static let running = "running"
  /// An intervention that is over (`Field.Intervention.status`).
  public static let ended = "ended"
}
