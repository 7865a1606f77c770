extension Field {
  /// The fields of a goal.
  public enum Goal {
    /// What the family wants, in its own words.
    public static let title = FieldDefinition(1, "title", .text)
    /// The family's priority, 1 first (R54).
    public static let familyRank = FieldDefinition(2, "family_rank", .integer)
    /// The priority that the team had expected, 1 first (R55).
    public static let teamRank = FieldDefinition(3, "team_rank", .integer)
    /// The plan that the goal is part of.
    public static let plan = FieldDefinition(4, "plan", .identifier)
    /// Who works on it (R56).
    public static let actors = FieldDefinition(5, "actors", .label, .set)
    /// `open`, `reached`, `dropped` or `replaced`.
    public static let status = FieldDefinition(
      6, "status", .code, codes: [Code.open, Code.reached, Code.dropped, Code.replaced])
    /// The day on which it was set.
    public static let setOn = FieldDefinition(7, "set_on", .day)
    /// The goal that took its place.
    public static let replacedBy = FieldDefinition(8, "replaced_by", .identifier)
    /// The day on which it was reached, dropped or replaced.
    public static let endedOn = FieldDefinition(9, "ended_on", .day)
    /// The goal that it is part of.
    public static let subGoalOf = FieldDefinition(10, "sub_goal_of", .identifier)
    /// Its words and rank in each version of the plan that the family agreed on (`AgreedGoal`).
    public static let asAgreed = FieldDefinition(11, "as_agreed", .text, .set)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [
      title, familyRank, teamRank, plan, actors, status, setOn, replacedBy, endedOn, subGoalOf,
      asAgreed,
    ]
  }
}
