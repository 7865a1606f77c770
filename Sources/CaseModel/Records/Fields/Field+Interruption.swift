extension Field {
  /// The fields of a time in which the work stood still (R64).
  public enum Interruption {
    /// The first day.
    public static let fromDay = FieldDefinition(1, "from_day", .day)
    /// The last day; none as long as it lasts.
    public static let untilDay = FieldDefinition(2, "until_day", .day)
    /// Why.
    public static let cause = FieldDefinition(3, "cause", .code)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [fromDay, untilDay, cause]
  }
}
