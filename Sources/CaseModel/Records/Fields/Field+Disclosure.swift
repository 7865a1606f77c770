extension Field {
  /// The fields of what left the system on paper or in a file, and to whom.
  public enum Disclosure {
    /// The day on which it was made.
    public static let madeOn = FieldDefinition(1, "made_on", .day)
    /// What: `plan`, `decision`, `minutes`, `visit_sheet` or another page.
    public static let form = FieldDefinition(2, "form", .code)
    /// The records that it shows.
    public static let records = FieldDefinition(3, "records", .identifier, .set)
    /// For whom, where it is somebody of the case.
    public static let recipient = FieldDefinition(4, "recipient", .identifier)
    /// For whom, by part.
    public static let recipientLabel = FieldDefinition(5, "recipient_label", .label)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [madeOn, form, records, recipient, recipientLabel]
  }
}
