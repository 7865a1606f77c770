extension Field {
  /// The fields of an arrival: what of a case that came from another tenant holds here too.
  public enum Arrival {
    /// The participations, allocations, custodies and grounds that hold.
    public static let confirmed = FieldDefinition(1, "confirmed", .identifier, .set)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [confirmed]
  }
}
