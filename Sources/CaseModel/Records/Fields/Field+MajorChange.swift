extension Field {
  /// The fields of a major change, and whether the steps repeat (R36–R38).
  public enum MajorChange {
    /// Such as `school_start`, `divorce` or `moving_home`; an open list (R37).
    public static let trigger = FieldDefinition(1, "trigger", .code)
    /// The day on which it happened or was noticed.
    public static let happenedOn = FieldDefinition(2, "happened_on", .day)
    /// Whether a person decided to repeat steps 2–7 (R38).
    public static let isConfirmed = FieldDefinition(3, "confirmed", .boolean)
    /// The day of that decision.
    public static let decidedOn = FieldDefinition(4, "decided_on", .day)
    /// Why; needed when declined (R38).
    public static let reason = FieldDefinition(5, "reason", .text)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [trigger, happenedOn, isConfirmed, decidedOn, reason]
  }
}
