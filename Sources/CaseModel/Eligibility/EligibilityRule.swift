/// Which children may take part, as data: age bands, each with what it asks for (R40–R42).
///
/// The rule only *proposes*; a person confirms or declines with a reason. The source does not say whether the
/// two criteria for ages 2–6 hold together or alone: both answers are stored, and `project` proposes when
/// either is met.
public struct EligibilityRule: Sendable, Hashable, Codable {
  /// What a band asks for.
  public enum Condition: String, Sendable, Hashable, Codable {
    /// Nothing beside the disability: enrolled automatically (R40).
    case automatic
    /// One of the two criteria is met.
    case eitherCriterion = "either_criterion"
    /// Both criteria are met.
    case bothCriteria = "both_criteria"
  }

  /// An age band.
  public struct Band: Sendable, Hashable, Codable {
    /// The youngest age in whole years.
    public let youngest: Int
    /// The oldest age in whole years, itself included.
    public let oldest: Int
    /// What the band asks for.
    public let condition: Condition

    /// Defines a band.
    public init(ages: ClosedRange<Int>, condition: Condition) {
      youngest = ages.lowerBound
      oldest = ages.upperBound
      self.condition = condition
    }
  }

  /// The bands; the first that a child's age falls into counts.
  public let bands: [Band]

  /// Makes a rule of bands.
  public init(bands: [Band]) { self.bands = bands }

  /// The project's rule: ages 0–1 automatically (R40), ages 2–6 when either criterion is met (R41, R42).
  public static let project = EligibilityRule(bands: [
    Band(ages: 0...1, condition: .automatic), Band(ages: 2...6, condition: .eitherCriterion),
  ])

  /// What the rule proposes for a child on a day.
  public func proposal(
    born: CalendarDay, on day: CalendarDay, answers: EligibilityAnswers
  ) -> EligibilityProposal {
    let age = day.years(since: born)
    guard let band = bands.first(where: { $0.youngest <= age && age <= $0.oldest }) else {
      return .outsideAges
    }
    let criteria = [answers.severalLaws, answers.dailyLifeAffected]
    switch band.condition {
    case .automatic: return .automatic
    case .eitherCriterion:
      if criteria.contains(true) { return .criteriaMet }
      return criteria.contains(nil) ? .unanswered : .criteriaNotMet
    case .bothCriteria:
      if criteria.contains(false) { return .criteriaNotMet }
      return criteria.contains(nil) ? .unanswered : .criteriaMet
    }
  }
}
