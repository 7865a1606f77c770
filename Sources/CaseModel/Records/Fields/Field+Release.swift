extension Field {
  /// The fields of a release to one parent; given once.
  ///
  /// Ending always takes effect: any element of `ended` ends it, and nothing is taken out.
  public enum Release {
    /// The parent. There is no principal "parents": each is named.
    public static let person = FieldDefinition(1, "person", .identifier, .arbitrated)
    /// The records that are released.
    public static let records = FieldDefinition(2, "records", .identifier, .set)
    /// The information types that are released, by their numbers.
    public static let types = FieldDefinition(3, "information_types", .integer, .set)
    /// The persons whose data it covers; a record is covered only when all that it is about are named.
    public static let subjects = FieldDefinition(4, "subjects", .identifier, .set)
    /// From when on it holds, in milliseconds; from the beginning when not given.
    public static let startsAt = FieldDefinition(5, "starts_at", .integer, .arbitrated)
    /// When it ends, in milliseconds; never when not given.
    public static let endsAt = FieldDefinition(6, "ends_at", .integer, .arbitrated)
    /// Records received before this are released only by name, in milliseconds.
    public static let horizon = FieldDefinition(7, "horizon", .integer, .arbitrated)
    /// Any element ends it.
    public static let ended = FieldDefinition(8, "ended", .code, .set)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [
      person, records, types, subjects, startsAt, endsAt, horizon, ended,
    ]
  }
}
