extension Field {
  /// The fields of an entry for an information type. Given once; a new version is a new record.
  ///
  /// Ending always takes effect, and restricts: of a type with entries, none of which is in force, nobody
  /// reads anything by the authority's own basis.
  public enum InformationType {
    /// The number of the type.
    public static let number = FieldDefinition(1, "number", .integer, .arbitrated)
    /// What it is called.
    public static let name = FieldDefinition(2, "name", .label)
    /// The roles that reach it by the authority's own basis; none named: all that would without an entry.
    public static let roles = FieldDefinition(3, "roles", .integer, .set)
    /// From when on the entry is in force, in milliseconds.
    public static let validFrom = FieldDefinition(4, "valid_from", .integer, .arbitrated)
    /// When it is no longer in force, in milliseconds.
    public static let validUntil = FieldDefinition(5, "valid_until", .integer, .arbitrated)
    /// The second leader, without whom it gives leaders nothing.
    public static let confirmedBy = FieldDefinition(6, "confirmed_by", .identifier, .arbitrated)
    /// Any element ends it.
    public static let ended = FieldDefinition(7, "ended", .code, .set)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [
      number, name, roles, validFrom, validUntil, confirmedBy, ended,
    ]
  }
}
