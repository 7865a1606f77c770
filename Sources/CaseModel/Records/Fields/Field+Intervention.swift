extension Field {
  /// The fields of an intervention: what is proposed to the family, and what it gets (R22, R75).
  public enum Intervention {
    /// The day on which it was proposed.
    public static let proposedOn = FieldDefinition(1, "proposed_on", .day)
    /// What it is.
    public static let title = FieldDefinition(2, "title", .text)
    /// What it is to do, for whom, and how.
    public static let text = FieldDefinition(3, "text", .text)
    /// `proposed`, `agreed`, `running`, `ended` or `dropped`.
    public static let status = FieldDefinition(
      4, "status", .code,
      codes: [Code.proposed, "agreed", Code.running, Code.ended, Code.dropped])
    /// The law that it rests on.
    public static let legalBasis = FieldDefinition(5, "legal_basis", .label)
    /// Who is responsible.
    public static let responsible = FieldDefinition(6, "responsible", .identifier)
    /// What it costs, in the smallest unit of money.
    public static let amount = FieldDefinition(7, "amount", .integer)
    /// From when.
    public static let startsOn = FieldDefinition(8, "starts_on", .day)
    /// Until when.
    public static let endsOn = FieldDefinition(9, "ends_on", .day)
    /// The goal that it serves.
    public static let goal = FieldDefinition(10, "goal", .identifier)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [
      proposedOn, title, text, status, legalBasis, responsible, amount, startsOn, endsOn, goal,
    ]
  }
}
