extension Field {
  /// The fields of an authority limit (R70). Given once; a new version is a new record.
  ///
  /// Ending always takes effect: any element of `ended` ends it, and nothing is taken out.
  public enum AuthorityLimit {
    /// Whose limit, by the number of a role.
    public static let role = FieldDefinition(1, "role", .integer, .arbitrated)
    /// Whose limit, by name; goes before a limit of the role.
    public static let person = FieldDefinition(2, "person", .identifier, .arbitrated)
    /// What is decided on.
    public static let matter = FieldDefinition(3, "matter", .code, .arbitrated)
    /// Up to which amount, in the smallest unit of money.
    public static let amount = FieldDefinition(4, "amount", .integer, .arbitrated)
    /// From when on it is in force, in milliseconds.
    public static let validFrom = FieldDefinition(5, "valid_from", .integer, .arbitrated)
    /// When it is no longer in force, in milliseconds.
    public static let validUntil = FieldDefinition(6, "valid_until", .integer, .arbitrated)
    /// The second leader, without whom it is not in force.
    public static let confirmedBy = FieldDefinition(7, "confirmed_by", .identifier, .arbitrated)
    /// Any element ends it.
    public static let ended = FieldDefinition(8, "ended", .code, .set)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [
      role, person, matter, amount, validFrom, validUntil, confirmedBy, ended,
    ]
  }
}
