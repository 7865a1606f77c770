/// The answers to the two criteria for ages 2–6; `nil` while a question is open.
public struct EligibilityAnswers: Sendable, Hashable {
  /// Criterion a: several interventions are expected, typically under different laws (R41).
  public let severalLaws: Bool?
  /// Criterion b: the disability is presumed to affect wellbeing and everyday life substantially (R42).
  public let dailyLifeAffected: Bool?

  /// Holds answers.
  public init(severalLaws: Bool? = nil, dailyLifeAffected: Bool? = nil) {
    self.severalLaws = severalLaws
    self.dailyLifeAffected = dailyLifeAffected
  }
}
