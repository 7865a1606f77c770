extension Field {
  /// The fields of one payer's share of an intervention (R74).
  public enum FundingShare {
    /// The day on which it was agreed.
    public static let agreedOn = FieldDefinition(1, "agreed_on", .day)
    /// The intervention.
    public static let intervention = FieldDefinition(2, "intervention", .identifier)
    /// The department or authority that pays.
    public static let payer = FieldDefinition(3, "payer", .label)
    /// The law that it pays by.
    public static let law = FieldDefinition(4, "law", .label)
    /// How many per cent of the amount.
    public static let percent = FieldDefinition(5, "percent", .integer)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [agreedOn, intervention, payer, law, percent]
  }
}
