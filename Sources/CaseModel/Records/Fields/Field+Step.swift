extension Field {
  /// The fields of a step that a case takes (R59, R69). Its texts stand in the workflow.
  public enum Step {
    /// The step's code in the workflow that the case follows.
    public static let step = FieldDefinition(1, "step", .code)
    /// Which time: 1 first, one more with each repetition (R36).
    public static let round = FieldDefinition(2, "round", .integer)
    /// The day on which it began.
    public static let startedOn = FieldDefinition(3, "started_on", .day)
    /// The day on which it was done.
    public static let completedOn = FieldDefinition(4, "completed_on", .day)
    /// The day on which it was decided to leave it out; the reason stands in a note.
    public static let skippedOn = FieldDefinition(5, "skipped_on", .day)
    /// Who is responsible, where it is not whom the workflow names.
    public static let responsible = FieldDefinition(6, "responsible", .identifier)
    /// The major change that had it repeated.
    public static let cause = FieldDefinition(7, "cause", .identifier)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [
      step, round, startedOn, completedOn, skippedOn, responsible, cause,
    ]
  }
}
