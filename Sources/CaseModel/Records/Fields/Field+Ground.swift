extension Field {
  /// The fields of another legal basis than consent that somebody invoked; given once.
  ///
  /// Ending always takes effect: any element of `ended` ends it, and nothing is taken out.
  public enum Ground {
    /// The person, or the organisation for all whom it vouches for, that it gives access to.
    public static let recipient = FieldDefinition(1, "recipient", .identifier, .arbitrated)
    /// The persons whose data it covers; a record is covered only when all that it is about are named.
    public static let subjects = FieldDefinition(2, "subjects", .identifier, .set)
    /// The information types that it covers, by their numbers.
    public static let types = FieldDefinition(3, "information_types", .integer, .set)
    /// What the information is for.
    public static let purpose = FieldDefinition(4, "purpose", .code, .arbitrated)
    /// From when on it holds, in milliseconds since 1970 by the server's clock.
    public static let startsAt = FieldDefinition(5, "starts_at", .integer, .arbitrated)
    /// When it ends, in milliseconds.
    public static let endsAt = FieldDefinition(6, "ends_at", .integer, .arbitrated)
    /// Records that the server received before this are not covered, in milliseconds.
    public static let horizon = FieldDefinition(7, "horizon", .integer, .arbitrated)
    /// The record of the legal basis (kind 49).
    public static let basis = FieldDefinition(8, "basis", .identifier, .arbitrated)
    /// Why it was invoked, in a few words.
    public static let reason = FieldDefinition(9, "reason", .label)
    /// Any element ends it.
    public static let ended = FieldDefinition(10, "ended", .code, .set)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [
      recipient, subjects, types, purpose, startsAt, endsAt, horizon, basis, reason, ended,
    ]
  }
}
