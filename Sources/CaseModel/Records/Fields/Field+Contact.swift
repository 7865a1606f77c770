extension Field {
  /// The fields of a contact with the family (R32).
  public enum Contact {
    /// The day of the contact.
    public static let heldOn = FieldDefinition(1, "held_on", .day)
    /// `home_visit`, `visit`, `telephone`, `video`, `meeting`, `message` or `letter`; imports bring others.
    public static let form = FieldDefinition(
      2, "form", .code,
      codes: ["home_visit", "visit", "telephone", "video", "meeting", "message", "letter"])
    /// The person who had the contact.
    public static let by = FieldDefinition(3, "by", .identifier)
    /// Who had it, when no person is known.
    public static let byLabel = FieldDefinition(4, "by_label", .label)
    /// What was said.
    public static let text = FieldDefinition(5, "text", .text)
    /// What may turn out badly unless somebody acts (R33).
    public static let earlyWarning = FieldDefinition(6, "early_warning", .text)
    /// The decision that was explained (R62).
    public static let decision = FieldDefinition(7, "decision", .identifier)
    /// Why it came after the month had passed (R32).
    public static let lateReason = FieldDefinition(8, "late_reason", .text)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [
      heldOn, form, by, byLabel, text, earlyWarning, decision, lateReason,
    ]
  }
}
