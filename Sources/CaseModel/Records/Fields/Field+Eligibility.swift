extension Field {
  /// The fields of the answers to the eligibility criteria; a reason goes in a note.
  public enum Eligibility {
    /// The day of the answers.
    public static let assessedOn = FieldDefinition(1, "assessed_on", .day)
    /// The child that they are about.
    public static let child = FieldDefinition(2, "child", .identifier)
    /// The rule that was applied: `automatic` or `criteria` (R40–R42).
    public static let rule = FieldDefinition(3, "rule", .code, codes: ["automatic", "criteria"])
    /// Criterion a: several interventions under different laws are expected (R41).
    public static let severalLaws = FieldDefinition(4, "several_laws", .boolean)
    /// Criterion b: wellbeing and everyday life are presumed to be affected substantially (R42).
    public static let dailyLifeAffected = FieldDefinition(5, "daily_life_affected", .boolean)
    /// The laws that interventions are expected under.
    public static let laws = FieldDefinition(6, "laws", .label, .set)
    /// What a person decided on the proposal: `confirmed` or `declined`.
    public static let outcome = FieldDefinition(7, "outcome", .code, codes: [Code.confirmed, Code.declined])
    /// The day of that decision.
    public static let decidedOn = FieldDefinition(8, "decided_on", .day)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [
      assessedOn, child, rule, severalLaws, dailyLifeAffected, laws, outcome, decidedOn,
    ]
  }
}
