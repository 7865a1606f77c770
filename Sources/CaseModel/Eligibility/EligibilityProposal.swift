/// What an eligibility rule proposes. A person decides (R38, R42).
public enum EligibilityProposal: String, Sendable, Hashable {
  /// Enrol: the age alone suffices (R40).
  case automatic
  /// Enrol: the criteria are met.
  case criteriaMet = "criteria_met"
  /// Do not enrol: the criteria are not met.
  case criteriaNotMet = "criteria_not_met"
  /// Nothing yet: an answer that matters is missing.
  case unanswered
  /// Do not enrol: no age band of the rule holds the child.
  case outsideAges = "outside_ages"

  /// Whether enrolment is proposed.
  public var isPositive: Bool { self == .automatic || self == .criteriaMet }

  /// Whether a decision is other than what is proposed, and so needs a reason (R42). Who confirms while an
  /// answer is missing knows something that the rule does not.
  public func isContradicted(byConfirming isConfirmed: Bool) -> Bool { isConfirmed != isPositive }

  /// The code for `Field.Eligibility.rule`: which of the two ways was taken.
  public var ruleCode: String { self == .automatic ? "automatic" : "criteria" }
}
