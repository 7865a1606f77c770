extension Field {
  /// The fields of a request for information (R9, R18); what came stands in notes and attachments.
  public enum InformationRequest {
    /// The day on which it was asked for.
    public static let requestedOn = FieldDefinition(1, "requested_on", .day)
    /// What: `ppv`, `section_50`, `health`, or another of an open list.
    public static let what = FieldDefinition(2, "what", .code)
    /// Whom it was asked of, of the register.
    public static let recipient = FieldDefinition(3, "recipient", .identifier)
    /// Whom it was asked of, by name or part.
    public static let recipientLabel = FieldDefinition(4, "recipient_label", .label)
    /// The day by which it should be there.
    public static let dueOn = FieldDefinition(5, "due_on", .day)
    /// The day on which it came.
    public static let receivedOn = FieldDefinition(6, "received_on", .day)
    /// The day on which it was decided to do without; the reason stands in a note.
    public static let waivedOn = FieldDefinition(7, "waived_on", .day)
    /// The analysis meeting that found it missing (R16).
    public static let meeting = FieldDefinition(8, "meeting", .identifier)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [
      requestedOn, what, recipient, recipientLabel, dueOn, receivedOn, waivedOn, meeting,
    ]
  }
}
