extension Field {
  /// The fields of a discharge; the reason goes in a note.
  public enum Discharge {
    /// The first day on which the children are no longer enrolled.
    public static let dischargedOn = FieldDefinition(1, "discharged_on", .day)
    /// The children discharged; none named means all of the family's.
    public static let children = FieldDefinition(2, "children", .identifier, .set)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [dischargedOn, children]
  }
}
