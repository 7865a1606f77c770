extension Field {
  /// The fields of an inquiry; what was said goes in a note.
  public enum Inquiry {
    /// The day on which it came in.
    public static let receivedOn = FieldDefinition(1, "received_on", .day)
    /// Who turned to the municipality, such as `citizen`, `health_visitor`, `hospital` or `rehabilitation`
    /// (R1).
    public static let source = FieldDefinition(2, "source", .code)
    /// The municipality that it came to (R51).
    public static let municipality = FieldDefinition(3, "municipality", .label)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [receivedOn, source, municipality]
  }
}
