extension Field {
  /// The fields of a withholding.
  ///
  /// What is withheld stands in sets: an addition always takes effect, and lifting takes away only what its
  /// author had seen. So withholding and lifting at the same time withholds, in every order.
  public enum Withholding {
    /// From whom; given once.
    public static let person = FieldDefinition(1, "person", .identifier, .arbitrated)
    /// The records that are withheld.
    public static let records = FieldDefinition(2, "records", .identifier, .set)
    /// The persons all whose records are withheld.
    public static let subjects = FieldDefinition(3, "subjects", .identifier, .set)
    /// The case id, when all of the case is withheld.
    public static let cases = FieldDefinition(4, "cases", .identifier, .set)
    /// Why, in a few words.
    public static let reason = FieldDefinition(5, "reason", .label)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [person, records, subjects, cases, reason]
  }
}
