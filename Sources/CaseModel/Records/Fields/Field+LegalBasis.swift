extension Field {
  /// The fields of a legal basis: data, since the law changes. Given once, but for who decides complaints; a
  /// new version is a new record.
  ///
  /// Ending always takes effect: any element of `ended` ends it, and nothing is taken out.
  public enum LegalBasis {
    /// What it is called in protocol and logs.
    public static let code = FieldDefinition(1, "code", .code, .arbitrated)
    /// The provision, as a lawyer cites it.
    public static let law = FieldDefinition(2, "law", .label)
    /// Who may invoke it, by the numbers of roles.
    public static let roles = FieldDefinition(3, "roles", .integer, .set)
    /// Who may invoke it, by name.
    public static let persons = FieldDefinition(4, "persons", .identifier, .set)
    /// For which information types, by their numbers.
    public static let types = FieldDefinition(5, "information_types", .integer, .set)
    /// For how many days at most.
    public static let daysMax = FieldDefinition(6, "days_max", .integer, .arbitrated)
    /// From when on it is in force, in milliseconds.
    public static let validFrom = FieldDefinition(7, "valid_from", .integer, .arbitrated)
    /// When it is no longer in force, in milliseconds.
    public static let validUntil = FieldDefinition(8, "valid_until", .integer, .arbitrated)
    /// Any element ends it.
    public static let ended = FieldDefinition(9, "ended", .code, .set)
    /// Who decides complaints about decisions by this law.
    public static let complaintBody = FieldDefinition(10, "complaint_body", .label, .arbitrated)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [
      code, law, roles, persons, types, daysMax, validFrom, validUntil, ended, complaintBody,
    ]
  }
}
