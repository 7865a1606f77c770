/// The surveys of families and core team: who is asked what (R65–R67).
public enum Survey: String, Sendable, Hashable, CaseIterable {
  /// The family, on how it experiences the municipality (R66).
  case family
  /// The core team, on how it experiences its work (R67).
  case coreTeam = "core_team"

  /// What a dimension is answered with: from 1, not at all, to 5, entirely.
  public static let scale: ClosedRange<Int64> = 1...5
  /// What a measurement is numbered with.
  public static let measurements: ClosedRange<Int64> = 1...999

  /// The dimensions that are asked about, in the order of asking.
  public var dimensions: [FieldDefinition] {
    typealias Fields = Field.SurveyResponse
    return switch self {
    case .family:
      [
        Fields.entrance, Fields.dialogue, Fields.flexibility, Fields.wholeFamily, Fields.speed,
        Fields.allRound, Fields.overview, Fields.ideas, Fields.coherence, Fields.involvement, Fields.trust,
        Fields.everydayEffect,
      ]
    case .coreTeam:
      [
        Fields.sharedResponsibility, Fields.acquaintance, Fields.otherDepartments, Fields.coordination,
        Fields.closeness,
      ]
    }
  }

  /// The number of a new measurement of a case: that of the latest one when it was answered on the same day,
  /// as by the other parent, else one more.
  public func nextMeasurement(in file: CaseFile, on day: CalendarDay) -> Int {
    let own = file.all(.surveyResponse).compactMap { SurveyAnswers($0) }.filter { $0.survey == self }
    guard let latest = own.max(by: { ($0.measurement, $0.day) < ($1.measurement, $1.day) }) else { return 1 }
    let last = own.filter { $0.measurement == latest.measurement }
    return last.contains { $0.day == day }
      ? latest.measurement : min(latest.measurement + 1, Int(Self.measurements.upperBound))
  }
}

/// What one answer to a survey says.
public struct SurveyAnswers: Sendable, Hashable {
  /// Who was asked.
  public let survey: Survey
  /// Which measurement of the case, from 1.
  public let measurement: Int
  /// The day of the answer.
  public let day: CalendarDay
  /// The answers by the dimensions' names; what was not answered, or not on the scale, is not there.
  public let answers: [String: Int]

  /// Reads an answer; `nil` when it does not say who was asked, when, or for which time.
  public init?(_ record: CaseRecord) {
    typealias Fields = Field.SurveyResponse
    guard record.kind == .surveyResponse,
      let survey = record.text(Fields.respondent).flatMap(Survey.init(rawValue:)),
      let number = record.integer(Fields.measurement), Survey.measurements.contains(number),
      let day = record.day(Fields.answeredOn)
    else { return nil }
    self.survey = survey
    measurement = Int(number)
    self.day = day
    var answers: [String: Int] = [:]
    for field in survey.dimensions {
      if let answer = record.integer(field), Survey.scale.contains(answer) {
        answers[field.name] = Int(answer)
      }
    }
    self.answers = answers
  }
}
