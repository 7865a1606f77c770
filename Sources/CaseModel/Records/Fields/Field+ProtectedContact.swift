extension Field {
  /// The fields of a protected contact. Others refer to it and never copy it.
  ///
  /// Restricting always takes effect: nothing is taken out of the audience, and who is excluded is out of it
  /// until one who had seen the exclusion takes it back.
  public enum ProtectedContact {
    /// `address`, `school`, `whereabouts`, `meeting_place` or `cpr`.
    public static let sort = FieldDefinition(
      1, "sort", .code, codes: ["address", "school", "whereabouts", "meeting_place", "cpr"])
    /// What there is to know. A CPR number stands here, and is shown as `CPRNumber` shows it.
    public static let text = FieldDefinition(2, "text", .label)
    /// The persons who may read it. Nothing is taken out: see the excluded.
    public static let persons = FieldDefinition(3, "audience_persons", .identifier, .set)
    /// The professional roles that may read it, by their numbers; never parents.
    public static let roles = FieldDefinition(4, "audience_roles", .integer, .set)
    /// Persons who may not, though they or their role are named.
    public static let excludedPersons = FieldDefinition(5, "excluded_persons", .identifier, .set)
    /// Roles that may not, though they are named.
    public static let excludedRoles = FieldDefinition(6, "excluded_roles", .integer, .set)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [sort, text, persons, roles, excludedPersons, excludedRoles]
  }
}
