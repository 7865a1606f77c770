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
    /// The day for which it is called.
    public static let plannedOn = FieldDefinition(5, "planned_on", .day)
    /// The time of day, such as 13:30.
    public static let time = FieldDefinition(6, "time", .label)
    /// Who called it (R49).
    public static let calledBy = FieldDefinition(7, "called_by", .identifier)
    /// The persons who are called.
    public static let invited = FieldDefinition(8, "invited", .identifier, .set)
    /// Those of them who said that they come.
    public static let accepted = FieldDefinition(9, "accepted", .identifier, .set)
    /// Those of them who said that they do not.
    public static let refused = FieldDefinition(10, "refused", .identifier, .set)
    /// The day on which it was called off.
    public static let cancelledOn = FieldDefinition(11, "cancelled_on", .day)
    /// The matter of the measure that is intended: its leader is called too (R14).
    public static let measure = FieldDefinition(12, "measure", .code)
    /// `plan_basis`, or `missing_information`, which is then asked for (R16).
    public static let outcome = FieldDefinition(
      13, "outcome", .code, codes: ["plan_basis", Code.missingInformation])

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [
      heldOn, withParents, participants, attendees, plannedOn, time, calledBy, invited, accepted, refused,
      cancelledOn, measure, outcome,
    ]
  }
}
