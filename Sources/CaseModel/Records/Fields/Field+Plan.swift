extension Field {
  /// The fields of an agreed version of the family's plan (R26).
  public enum Plan {
    /// The day of the agreement.
    public static let agreedOn = FieldDefinition(1, "agreed_on", .day)
    /// Counts the case's plans from 1 (R35).
    public static let version = FieldDefinition(2, "version", .integer)
    /// What the plan says beside its goals.
    public static let text = FieldDefinition(3, "text", .text)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [agreedOn, version, text]
  }
}
