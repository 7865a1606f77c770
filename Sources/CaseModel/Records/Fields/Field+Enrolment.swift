extension Field {
  /// The fields of an enrolment.
  public enum Enrolment {
    /// The day from which the children are enrolled.
    public static let enrolledOn = FieldDefinition(1, "enrolled_on", .day)
    /// The children enrolled; none named means all of the family's.
    public static let children = FieldDefinition(2, "children", .identifier, .set)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [enrolledOn, children]
  }
}
