extension Field {
  /// The fields of the offer to take part.
  public enum Offer {
    /// The day on which the family was asked.
    public static let offeredOn = FieldDefinition(1, "offered_on", .day)
    /// The family's answer: `accepted` or `declined` (R43).
    public static let answer = FieldDefinition(2, "answer", .code, codes: [Code.accepted, Code.declined])
    /// The day of the answer.
    public static let answeredOn = FieldDefinition(3, "answered_on", .day)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [offeredOn, answer, answeredOn]
  }
}
