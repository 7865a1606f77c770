extension Field {
  /// The fields of how a semantic conflict was settled. It can be revised.
  public enum Settlement {
    /// The day on which it was settled.
    public static let settledOn = FieldDefinition(1, "settled_on", .day)
    /// The rule that was broken.
    public static let rule = FieldDefinition(2, "rule", .code)
    /// The records that break it together.
    public static let records = FieldDefinition(3, "records", .identifier, .set)
    /// `accepted`, as it stands, or `corrected`.
    public static let outcome = FieldDefinition(4, "outcome", .code, codes: [Code.accepted, "corrected"])
    /// Why, and what was done.
    public static let text = FieldDefinition(5, "text", .text)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [settledOn, rule, records, outcome, text]
  }
}
