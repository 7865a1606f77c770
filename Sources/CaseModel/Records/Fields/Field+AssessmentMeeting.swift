extension Field {
  /// The fields of an assessment meeting; its content stands in an assessment.
  public enum AssessmentMeeting {
    /// The day of the meeting.
    public static let heldOn = FieldDefinition(1, "held_on", .day)
    /// The persons who took part.
    public static let participants = FieldDefinition(2, "participants", .identifier, .set)
    /// Who was there, by name or part, such as `parents`.
    public static let attendees = FieldDefinition(3, "attendees", .label, .set)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [heldOn, participants, attendees]
  }
}
