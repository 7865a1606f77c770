extension Field {
  /// The fields of what a status meeting said about a case (R28, R29).
  public enum AgendaItem {
    /// The day of the meeting.
    public static let discussedOn = FieldDefinition(1, "discussed_on", .day)
    /// The status meeting.
    public static let meeting = FieldDefinition(2, "meeting", .identifier)
    /// Why it stood on the agenda.
    public static let reasons = FieldDefinition(3, "reasons", .code, .set)
    /// `action` or `none`.
    public static let outcome = FieldDefinition(
      4, "outcome", .code, codes: CaseWork.AgendaOutcome.allCases.map(\.rawValue))
    /// What was said, and what is to be done.
    public static let text = FieldDefinition(5, "text", .text)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [discussedOn, meeting, reasons, outcome, text]
  }
}
