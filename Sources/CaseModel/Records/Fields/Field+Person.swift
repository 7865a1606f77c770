extension Field {
  /// The fields of a person of the tenant register.
  public enum Person {
    /// What the person is called.
    public static let name = FieldDefinition(1, "name", .label)
    /// Profession or position, such as psychologist.
    public static let title = FieldDefinition(2, "title", .label)
    /// The organisation that the person works for.
    public static let organisation = FieldDefinition(3, "organisation", .identifier)
    /// The legal area that the person stands for, such as `social_services` or `school` (R6).
    public static let legalArea = FieldDefinition(
      4, "legal_area", .code, codes: [LegalArea.socialServices, LegalArea.school])

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [name, title, organisation, legalArea]
  }
}
