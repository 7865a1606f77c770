extension Field {
  /// The fields of a participation; what decides is given once, but for its end.
  public enum Participant {
    /// Who takes part.
    public static let person = FieldDefinition(1, "person", .identifier, .arbitrated)
    /// In which role, by the number of `Role`.
    public static let role = FieldDefinition(2, "role", .integer, .arbitrated)
    /// `active`, or `ended`, after which it gives nothing.
    public static let status = FieldDefinition(3, "status", .code, .arbitrated)
    /// The name that an external reporter knows the case by.
    public static let alias = FieldDefinition(4, "alias", .identifier, .arbitrated)
    /// The first day.
    public static let since = FieldDefinition(5, "since", .day)
    /// The last day.
    public static let until = FieldDefinition(6, "until", .day)
    /// The organisation that vouches for the person; given once.
    public static let organisation = FieldDefinition(7, "organisation", .identifier, .arbitrated)
    /// From when on it gives anything, in milliseconds since 1970 by the server's clock; given once.
    public static let startsAt = FieldDefinition(8, "starts_at", .integer, .arbitrated)
    /// When it stops giving anything, in milliseconds; given once.
    public static let endsAt = FieldDefinition(9, "ends_at", .integer, .arbitrated)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [
      person, role, status, alias, since, until, organisation, startsAt, endsAt,
    ]
  }
}
