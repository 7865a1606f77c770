extension Field {
  /// The fields of the head of a case.
  public enum Case {
    /// What the family is called in lists.
    public static let label = FieldDefinition(1, "label", .label)
    /// The day on which the case was opened.
    public static let openedOn = FieldDefinition(2, "opened_on", .day)
    /// The municipality that the family lives in (R51).
    public static let municipality = FieldDefinition(3, "municipality", .label)
    /// The version of the workflow that it follows.
    public static let workflow = FieldDefinition(4, "workflow", .identifier)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [label, openedOn, municipality, workflow]
  }
}
