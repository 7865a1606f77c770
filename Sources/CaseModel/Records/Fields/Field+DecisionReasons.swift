extension Field {
  /// The fields of a decision's reasons. Given once: what is written anew is another record.
  public enum DecisionReasons {
    /// The day on which they were written.
    public static let writtenOn = FieldDefinition(1, "written_on", .day)
    /// The decision.
    public static let decision = FieldDefinition(2, "decision", .identifier)
    /// The reasons, as the parents are told them.
    public static let text = FieldDefinition(3, "text", .text)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [writtenOn, decision, text]
  }
}
