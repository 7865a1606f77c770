/// The three domains of the Integrated Children's System (R53), after the British Framework for the
/// Assessment of Children in Need and their Families (Department of Health, 2000).
public enum ICSDomain: String, Sendable, Hashable, CaseIterable {
  /// The child's development.
  case childsDevelopment = "childs_development"
  /// Parenting competences.
  case parenting
  /// Family and network.
  case familyAndNetwork = "family_and_network"

  /// The fields of an assessment that hold the domain's notes.
  public var fields: (notes: FieldDefinition, resources: FieldDefinition, problems: FieldDefinition) {
    typealias Fields = Field.Assessment
    return switch self {
    case .childsDevelopment: (Fields.childNotes, Fields.childResources, Fields.childProblems)
    case .parenting: (Fields.parentingNotes, Fields.parentingResources, Fields.parentingProblems)
    case .familyAndNetwork: (Fields.familyNotes, Fields.familyResources, Fields.familyProblems)
    }
  }
}

/// What an assessment says about one domain; `nil` for what it does not say.
public struct ICSNotes: Sendable, Hashable {
  /// A summary.
  public let notes: String?
  /// What is strong.
  public let resources: String?
  /// What is hard.
  public let problems: String?

  /// Holds notes.
  public init(notes: String? = nil, resources: String? = nil, problems: String? = nil) {
    self.notes = notes
    self.resources = resources
    self.problems = problems
  }
}
