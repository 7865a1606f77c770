extension Field {
  /// The fields of a team.
  public enum Team {
    /// What the team is called.
    public static let name = FieldDefinition(1, "name", .label)
    /// The persons in it.
    public static let members = FieldDefinition(2, "members", .identifier, .set)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [name, members]
  }
}
