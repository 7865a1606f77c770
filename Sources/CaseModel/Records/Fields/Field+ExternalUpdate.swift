extension Field {
  /// The fields of news from outside the core team (R30).
  public enum ExternalUpdate {
    /// What is new.
    public static let text = FieldDefinition(1, "text", .text)
    static let urgencies = ["routine", "soon", "urgent"]

    /// `routine`, `soon` or `urgent`.
    public static let urgency = FieldDefinition(2, "urgency", .code, codes: urgencies)
    /// The day on which it happened or was seen.
    public static let observedOn = FieldDefinition(3, "observed_on", .day)
    /// Who sends it, by name or part.
    public static let sender = FieldDefinition(4, "sender", .label)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [text, urgency, observedOn, sender]
  }
}
