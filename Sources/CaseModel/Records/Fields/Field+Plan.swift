extension Field {
  /// The fields of an agreed version of the family's plan (R26).
  public enum Plan {
    /// The day of the agreement.
    public static let agreedOn = FieldDefinition(1, "agreed_on", .day)
    /// Counts the case's plans from 1 (R35).
    public static let version = FieldDefinition(2, "version", .integer)
    /// What the plan says beside its goals.
    public static let text = FieldDefinition(3, "text", .text)
    /// Those of the family who agreed (R26).
    public static let agreedBy = FieldDefinition(4, "agreed_by", .identifier, .set)
    /// The day on which another version took its place.
    public static let replacedOn = FieldDefinition(5, "replaced_on", .day)
    /// The workflow by whose template it was made (R59).
    public static let workflow = FieldDefinition(6, "workflow", .identifier)

    /// The goals that were agreed, added in the family's order of then; each says itself in which words
    /// (`Goal.asAgreed`).
    public static let goals = FieldDefinition(7, "goals", .identifier, .set)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [
      agreedOn, version, text, agreedBy, replacedOn, workflow, goals,
    ]
  }
}
