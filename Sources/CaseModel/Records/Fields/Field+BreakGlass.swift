extension Field {
  /// The fields of a break-glass. It begins when the server receives it and lasts four hours.
  public enum BreakGlass {
    /// Why; never empty.
    public static let reason = FieldDefinition(1, "reason", .label, .arbitrated)
    /// Any element ends it before its time.
    public static let ended = FieldDefinition(2, "ended", .code, .set)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [reason, ended]
  }
}
