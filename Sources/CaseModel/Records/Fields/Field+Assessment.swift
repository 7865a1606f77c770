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
    /// Health: what is strong.
    public static let healthResources = FieldDefinition(13, "health_resources", .text)
    /// Health: what is hard.
    public static let healthProblems = FieldDefinition(14, "health_problems", .text)
    /// Development and behaviour: what is strong.
    public static let developmentResources = FieldDefinition(15, "development_resources", .text)
    /// Development and behaviour: what is hard.
    public static let developmentProblems = FieldDefinition(16, "development_problems", .text)
    /// Day care, school and learning: what is strong.
    public static let learningResources = FieldDefinition(17, "learning_resources", .text)
    /// Day care, school and learning: what is hard.
    public static let learningProblems = FieldDefinition(18, "learning_problems", .text)
    /// Leisure and friendships: what is strong.
    public static let leisureResources = FieldDefinition(19, "leisure_resources", .text)
    /// Leisure and friendships: what is hard.
    public static let leisureProblems = FieldDefinition(20, "leisure_problems", .text)
    /// A safe care environment: what is strong.
    public static let careResources = FieldDefinition(21, "care_resources", .text)
    /// A safe care environment: what is hard.
    public static let careProblems = FieldDefinition(22, "care_problems", .text)
    /// Stimulation and guidance: what is strong.
    public static let guidanceResources = FieldDefinition(23, "guidance_resources", .text)
    /// Stimulation and guidance: what is hard.
    public static let guidanceProblems = FieldDefinition(24, "guidance_problems", .text)
    /// Support of relations: what is strong.
    public static let relationsResources = FieldDefinition(25, "relations_resources", .text)
    /// Support of relations: what is hard.
    public static let relationsProblems = FieldDefinition(26, "relations_problems", .text)
    /// The family's situation and background: what is strong.
    public static let backgroundResources = FieldDefinition(27, "background_resources", .text)
    /// The family's situation and background: what is hard.
    public static let backgroundProblems = FieldDefinition(28, "background_problems", .text)
    /// Housing, employment and economy: what is strong.
    public static let livelihoodResources = FieldDefinition(29, "livelihood_resources", .text)
    /// Housing, employment and economy: what is hard.
    public static let livelihoodProblems = FieldDefinition(30, "livelihood_problems", .text)
    /// Social network: what is strong.
    public static let networkResources = FieldDefinition(31, "network_resources", .text)
    /// Social network: what is hard.
    public static let networkProblems = FieldDefinition(32, "network_problems", .text)

    /// All of them, in order of number.
    public static let all: [FieldDefinition] = [
      heldOn, assessors, child, childNotes, childResources, childProblems, parentingNotes,
      parentingResources, parentingProblems, familyNotes, familyResources, familyProblems, healthResources,
      healthProblems, developmentResources, developmentProblems, learningResources, learningProblems,
      leisureResources, leisureProblems, careResources, careProblems, guidanceResources, guidanceProblems,
      relationsResources, relationsProblems, backgroundResources, backgroundProblems, livelihoodResources,
      livelihoodProblems, networkResources, networkProblems,
    ]
  }
}
