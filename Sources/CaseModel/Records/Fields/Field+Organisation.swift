extension Field {
  /// The fields of an organisation.
  public enum Organisation {
    /// What the organisation is called.
    public static let name = FieldDefinition(1, "name", .label)
    /// Its sort, such as `hospital` or `day_care`.
    public static let sort = FieldDefinition(2, "sort", .code)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [name, sort]
  }
}
