extension Field {
  /// The fields of assessment notes in the domains of ICS (R53).
  public enum Assessment {
    /// The day of the assessment.
    public static let heldOn = FieldDefinition(1, "held_on", .day)
    /// The persons who assessed; both legal areas should be there (R6).
    public static let assessors = FieldDefinition(2, "assessors", .identifier, .set)
    /// The child, when the notes are about one.
    public static let child = FieldDefinition(3, "child", .identifier)
    /// The child's development: summary.
    public static let childNotes = FieldDefinition(4, "child_notes", .text)
    /// The child's development: what is strong.
    public static let childResources = FieldDefinition(5, "child_resources", .text)
    /// The child's development: what is hard.
    public static let childProblems = FieldDefinition(6, "child_problems", .text)
    /// Parenting competences: summary.
    public static let parentingNotes = FieldDefinition(7, "parenting_notes", .text)
    /// Parenting competences: what is strong.
    public static let parentingResources = FieldDefinition(8, "parenting_resources", .text)
    /// Parenting competences: what is hard.
    public static let parentingProblems = FieldDefinition(9, "parenting_problems", .text)
    /// Family and network: summary.
    public static let familyNotes = FieldDefinition(10, "family_notes", .text)
    /// Family and network: what is strong.
    public static let familyResources = FieldDefinition(11, "family_resources", .text)
    /// Family and network: what is hard.
    public static let familyProblems = FieldDefinition(12, "family_problems", .text)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [
      heldOn, assessors, child, childNotes, childResources, childProblems, parentingNotes,
      parentingResources, parentingProblems, familyNotes, familyResources, familyProblems,
    ]
  }
}
