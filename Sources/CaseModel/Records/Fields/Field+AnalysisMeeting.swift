extension Field {
  /// The fields of an analysis meeting; its content stands in notes.
  public enum AnalysisMeeting {
    /// The day of the meeting.
    public static let heldOn = FieldDefinition(1, "held_on", .day)
    /// Whether the parents took part (R13, R21).
    public static let withParents = FieldDefinition(2, "with_parents", .boolean)
    /// The persons who took part.
    public static let participants = FieldDefinition(3, "participants", .identifier, .set)
    /// Who was there, by name or part.
    public static let attendees = FieldDefinition(4, "attendees", .label, .set)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [heldOn, withParents, participants, attendees]
  }
}
