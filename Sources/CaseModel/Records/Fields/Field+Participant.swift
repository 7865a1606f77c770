extension Field {
  /// The fields of a participation; person, role and alias are given once.
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
    /// The organisation that vouches for the person.
    public static let organisation = FieldDefinition(7, "organisation", .identifier)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [person, role, status, alias, since, until, organisation]
  }
}
