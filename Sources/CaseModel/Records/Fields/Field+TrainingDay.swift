extension Field {
  /// The fields of a training day of the core team (R64).
  public enum TrainingDay {
    /// The day for which it is planned.
    public static let plannedOn = FieldDefinition(1, "planned_on", .day)
    /// The day on which it was held.
    public static let heldOn = FieldDefinition(2, "held_on", .day)
    /// What it is about.
    public static let title = FieldDefinition(3, "title", .label)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [plannedOn, heldOn, title]
  }
}
