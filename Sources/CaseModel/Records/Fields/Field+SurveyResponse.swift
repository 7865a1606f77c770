extension Field {
  /// The fields of one answer to a survey (R65–R67): from 1, not at all, to 5, entirely.
  public enum SurveyResponse {
    /// The day of the answer.
    public static let answeredOn = FieldDefinition(1, "answered_on", .day)
    /// `family` or `core_team`.
    public static let respondent = FieldDefinition(
      2, "respondent", .code, codes: Survey.allCases.map(\.rawValue))
    /// Which measurement of this case: 1 first (R65).
    public static let measurement = FieldDefinition(3, "measurement", .integer)
    /// One entrance to the municipality.
    public static let entrance = FieldDefinition(4, "entrance", .integer)
    /// Time for dialogue.
    public static let dialogue = FieldDefinition(5, "dialogue", .integer)
    /// Flexibility.
    public static let flexibility = FieldDefinition(6, "flexibility", .integer)
    /// Somebody knows the whole family.
    public static let wholeFamily = FieldDefinition(7, "whole_family", .integer)
    /// Things happen faster.
    public static let speed = FieldDefinition(8, "speed", .integer)
    /// One gets all the way round.
    public static let allRound = FieldDefinition(9, "all_round", .integer)
    /// Overview.
    public static let overview = FieldDefinition(10, "overview", .integer)
    /// Concrete ideas.
    public static let ideas = FieldDefinition(11, "ideas", .integer)
    /// The course is coherent (R73).
    public static let coherence = FieldDefinition(12, "coherence", .integer)
    /// The family is involved.
    public static let involvement = FieldDefinition(13, "involvement", .integer)
    /// Trust.
    public static let trust = FieldDefinition(14, "trust", .integer)
    /// It helps in everyday life.
    public static let everydayEffect = FieldDefinition(15, "everyday_effect", .integer)
    /// The team: responsibility is shared (R67).
    public static let sharedResponsibility = FieldDefinition(16, "shared_responsibility", .integer)
    /// The team: one knows each other (R67).
    public static let acquaintance = FieldDefinition(17, "acquaintance", .integer)
    /// The team: easier entrance to other departments (R67).
    public static let otherDepartments = FieldDefinition(18, "other_departments", .integer)
    /// The team: better coordination (R67).
    public static let coordination = FieldDefinition(19, "coordination", .integer)
    /// The team: closeness to the family (R67).
    public static let closeness = FieldDefinition(20, "closeness", .integer)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [
      answeredOn, respondent, measurement, entrance, dialogue, flexibility, wholeFamily, speed, allRound,
      overview, ideas, coherence, involvement, trust, everydayEffect, sharedResponsibility, acquaintance,
      otherDepartments, coordination, closeness,
    ]
  }
}
