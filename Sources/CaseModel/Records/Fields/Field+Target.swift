extension Field {
  /// The fields of what is aimed at (R64).
  public enum Target {
    /// The day by which it is aimed at.
    public static let dueOn = FieldDefinition(1, "due_on", .day)
    /// Which figure of the status memo.
    public static let figure = FieldDefinition(2, "figure", .code)
    /// How many.
    public static let value = FieldDefinition(3, "value", .integer)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [dueOn, figure, value]
  }
}
