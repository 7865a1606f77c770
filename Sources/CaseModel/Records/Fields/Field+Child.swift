extension Field {
  /// The fields of a child of the family.
  public enum Child {
    /// What the child is called.
    public static let name = FieldDefinition(1, "name", .label)
    /// The day of birth.
    public static let born = FieldDefinition(2, "born", .day)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [name, born]
  }
}
