extension Field {
  /// The fields of a reclassification.
  ///
  /// Additions to `about`, `information_types` and the excluded restrict and always take effect; taking out
  /// takes only what its author had seen. Several of one record add up: its subjects and types are those of
  /// all of them, and each one's audience must admit the reader.
  public enum Reclassification {
    /// The record that is classified anew; given once.
    public static let record = FieldDefinition(1, "record", .identifier, .arbitrated)
    /// Whose data it holds, instead of what its header says; none named: the header's.
    public static let about = FieldDefinition(2, "about", .identifier, .set)
    /// Of what types it is, all of which must be covered; none named: the header's.
    public static let types = FieldDefinition(3, "information_types", .integer, .set)
    /// The persons who may read it. Nothing is taken out: see the excluded.
    public static let persons = FieldDefinition(4, "audience_persons", .identifier, .set)
    /// The professional roles that may read it, by their numbers; never parents.
    public static let roles = FieldDefinition(5, "audience_roles", .integer, .set)
    /// Persons who may not, though they or their role are named.
    public static let excludedPersons = FieldDefinition(6, "excluded_persons", .identifier, .set)
    /// Roles that may not, though they are named.
    public static let excludedRoles = FieldDefinition(7, "excluded_roles", .integer, .set)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [
      record, about, types, persons, roles, excludedPersons, excludedRoles,
    ]
  }
}
