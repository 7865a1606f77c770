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
