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
