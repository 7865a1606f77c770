/// The ten dimensions of the Integrated Children's System in its Danish edition, three or four to a domain
/// (R53, R54). Each holds resources and problems.
public enum ICSDimension: String, Sendable, Hashable, CaseIterable {
  /// The child's health.
  case health
  /// The child's development and behaviour.
  case development
  /// Day care, school and learning.
  case learning
  /// Leisure and friendships.
  case leisure
  /// A safe care environment.
  case care
  /// Stimulation and guidance.
  case guidance
  /// Support of relations.
  case relations
  /// The family's situation and background.
  case background
  /// Housing, employment and economy.
  case livelihood
  /// Social network.
  case network

  /// The domain that it is part of.
  public var domain: ICSDomain {
    switch self {
    case .health, .development, .learning, .leisure: .childsDevelopment
    case .care, .guidance, .relations: .parenting
    case .background, .livelihood, .network: .familyAndNetwork
    }
  }

  /// The fields of an assessment that hold what is strong and what is hard.
  public var fields: (resources: FieldDefinition, problems: FieldDefinition) {
    typealias Fields = Field.Assessment
    return switch self {
    case .health: (Fields.healthResources, Fields.healthProblems)
    case .development: (Fields.developmentResources, Fields.developmentProblems)
    case .learning: (Fields.learningResources, Fields.learningProblems)
    case .leisure: (Fields.leisureResources, Fields.leisureProblems)
    case .care: (Fields.careResources, Fields.careProblems)
    case .guidance: (Fields.guidanceResources, Fields.guidanceProblems)
    case .relations: (Fields.relationsResources, Fields.relationsProblems)
    case .background: (Fields.backgroundResources, Fields.backgroundProblems)
    case .livelihood: (Fields.livelihoodResources, Fields.livelihoodProblems)
    case .network: (Fields.networkResources, Fields.networkProblems)
    }
  }
}
