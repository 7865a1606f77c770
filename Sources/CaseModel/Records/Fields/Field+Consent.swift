extension Field {
  /// The fields of a consent. What it says is given once; after that it is signed and withdrawn.
  ///
  /// Withdrawing always takes effect: `withdrawals` is a set that nothing is taken out of, and any element in
  /// it ends the consent, whatever its writer had seen of the record.
  public enum Consent {
    /// The person, or the organisation for all whom it vouches for, that it gives access to.
    public static let recipient = FieldDefinition(1, "recipient", .identifier, .arbitrated)
    /// The persons whose data it covers; a record is covered only when all that it is about are named.
    public static let subjects = FieldDefinition(2, "subjects", .identifier, .set)
    /// The information types that it covers, by their numbers.
    public static let types = FieldDefinition(3, "information_types", .integer, .set)
    /// What the information is for.
    public static let purpose = FieldDefinition(4, "purpose", .code, .arbitrated)
    /// From when on it holds, in milliseconds since 1970 by the server's clock.
    public static let startsAt = FieldDefinition(5, "starts_at", .integer, .arbitrated)
    /// When it ends, in milliseconds.
    public static let endsAt = FieldDefinition(6, "ends_at", .integer, .arbitrated)
    /// Records that the server received before this are not covered, in milliseconds.
    public static let horizon = FieldDefinition(7, "horizon", .integer, .arbitrated)
    /// How it was given, such as `written`, `digital` or `oral`.
    public static let form = FieldDefinition(
      8, "form", .code, .arbitrated, codes: ["written", "digital", "oral"])
    /// The record that shows it, such as an attachment with the signed form.
    public static let evidence = FieldDefinition(9, "evidence", .identifier, .arbitrated)
    /// Who must have signed. Of a subject none of whose grantors is named, all of them must.
    public static let required = FieldDefinition(10, "required_signers", .identifier, .set)
    /// Who has signed.
    public static let signatures = FieldDefinition(11, "signatures", .identifier, .set)
    /// Who withdrew it: one is enough.
    public static let withdrawals = FieldDefinition(12, "withdrawals", .identifier, .set)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [
      recipient, subjects, types, purpose, startsAt, endsAt, horizon, form, evidence, required, signatures,
      withdrawals,
    ]
  }
}
