extension Field {
  /// The fields of a status meeting of the core team.
  public enum StatusMeeting {
    /// The day of the meeting.
    public static let heldOn = FieldDefinition(1, "held_on", .day)
    /// The team that met.
    public static let team = FieldDefinition(2, "team", .identifier)
    /// Who was there, by name.
    public static let attendees = FieldDefinition(3, "attendees", .label, .set)
    /// The day for which it is called.
    public static let plannedOn = FieldDefinition(4, "planned_on", .day)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [heldOn, team, attendees, plannedOn]
  }
}
