extension Field {
  /// The fields of the allocation of a case (R2).
  public enum Allocation {
    /// The person who is the family's coordinator.
    public static let coordinator = FieldDefinition(1, "coordinator", .identifier, .arbitrated)
    /// The day on which the case was allocated.
    public static let allocatedOn = FieldDefinition(2, "allocated_on", .day)
    /// The core team that the case was distributed to.
    public static let team = FieldDefinition(3, "team", .identifier)
    /// What the allocation is for (R3).
    public static let purpose = FieldDefinition(4, "purpose", .label)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [coordinator, allocatedOn, team, purpose]
  }
}
