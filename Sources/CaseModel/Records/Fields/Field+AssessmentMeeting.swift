extension Field {
  /// The fields of an assessment meeting; its content stands in an assessment.
  public enum AssessmentMeeting {
    /// The day of the meeting.
    public static let heldOn = FieldDefinition(1, "held_on", .day)
    /// The persons who took part.
    public static let participants = FieldDefinition(2, "participants", .identifier, .set)
    /// Who was there, by name or part, such as `parents`.
    public static let attendees = FieldDefinition(3, "attendees", .label, .set)
    /// The day for which it is called.
    public static let plannedOn = FieldDefinition(4, "planned_on", .day)
    /// The time of day, such as 13:30.
    public static let time = FieldDefinition(5, "time", .label)
    /// Who called it (R49).
    public static let calledBy = FieldDefinition(6, "called_by", .identifier)
    /// The persons who are called.
    public static let invited = FieldDefinition(7, "invited", .identifier, .set)
    /// Those of them who said that they come.
    public static let accepted = FieldDefinition(8, "accepted", .identifier, .set)
    /// Those of them who said that they do not.
    public static let refused = FieldDefinition(9, "refused", .identifier, .set)
    /// The day on which it was called off.
    public static let cancelledOn = FieldDefinition(10, "cancelled_on", .day)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [
      heldOn, participants, attendees, plannedOn, time, calledBy, invited, accepted, refused, cancelledOn,
    ]
  }
}
