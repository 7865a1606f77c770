extension Field {
  /// The fields of a task (R56, R58).
  public enum Task {
    /// The day by which it should be done.
    public static let dueOn = FieldDefinition(1, "due_on", .day)
    /// What is to be done.
    public static let title = FieldDefinition(2, "title", .text)
    /// Who does it.
    public static let owner = FieldDefinition(3, "owner", .identifier)
    /// Who does it, by name or part.
    public static let ownerLabel = FieldDefinition(4, "owner_label", .label)
    /// `requested`, `accepted`, `in_progress`, `completed`, `rejected` or `cancelled`.
    public static let status = FieldDefinition(5, "status", .code, codes: TaskStatus.allCases.map(\.rawValue))
    /// The goal that it serves.
    public static let goal = FieldDefinition(6, "goal", .identifier)
    /// What it came of: an update, an item of an agenda, a meeting.
    public static let source = FieldDefinition(7, "source", .identifier)
    /// The day on which it was set.
    public static let createdOn = FieldDefinition(8, "created_on", .day)
    /// The day on which it was done.
    public static let completedOn = FieldDefinition(9, "completed_on", .day)
    /// Why it was late, refused or given up.
    public static let reason = FieldDefinition(10, "reason", .text)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [
      dueOn, title, owner, ownerLabel, status, goal, source, createdOn, completedOn, reason,
    ]
  }
}
