extension Field {
  /// The fields of what was made of an update (R31).
  public enum Triage {
    /// The external update; none for one that came another way.
    public static let update = FieldDefinition(1, "update", .identifier)
    /// The day of the triage.
    public static let triagedOn = FieldDefinition(2, "triaged_on", .day)
    /// `action`, `no_action` or `meeting`.
    public static let outcome = FieldDefinition(
      3, "outcome", .code, codes: ["action", "none", "no_action", "meeting"])
    /// What the case keeps of the update.
    public static let text = FieldDefinition(4, "text", .text)
    /// Why, and what is to be done.
    public static let reason = FieldDefinition(5, "reason", .text)
    /// How urgent it was said to be.
    public static let urgency = FieldDefinition(6, "urgency", .code)
    /// Who sent it, by name or part.
    public static let sender = FieldDefinition(7, "sender", .label)
    /// The day on which it came.
    public static let receivedOn = FieldDefinition(8, "received_on", .day)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [
      update, triagedOn, outcome, text, reason, urgency, sender, receivedOn,
    ]
  }
}
