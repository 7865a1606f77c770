import ArgumentParser
import CRDT
import CaseModel

/// What an assessment text is about within its domain.
enum AssessmentAspect: String, ExpressibleByArgument, CaseIterable {
  case summary, resources, problems

  /// The notes that say only this.
  func notes(_ text: String) -> ICSNotes {
    switch self {
    case .summary: ICSNotes(notes: text)
    case .resources: ICSNotes(resources: text)
    case .problems: ICSNotes(problems: text)
    }
  }

  /// What people call it.
  var phrase: Phrase {
    switch self {
    case .summary: .summary
    case .resources: .resources
    case .problems: .problems
    }
  }

  /// The field that holds it.
  func field(of domain: ICSDomain) -> FieldDefinition {
    switch self {
    case .summary: domain.fields.notes
    case .resources: domain.fields.resources
    case .problems: domain.fields.problems
    }
  }
}
