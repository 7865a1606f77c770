import ArgumentParser
import CRDT
import CaseModel

/// Assessment notes in the domains of ICS.
struct AssessmentGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assessment", abstract: "Assessment notes in the three domains.",
    subcommands: [AssessmentNote.self, AssessmentShow.self])
}

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

/// Writes into the case's assessment.
struct AssessmentNote: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "note", abstract: "Write into the case's assessment; the text replaces what stands there.")

  @OptionGroup var step: StepOptions
  @Option(help: "The domain: childs_development, parenting or family_and_network.")
  var domain: ICSDomain
  @Option(help: "What of the domain: summary, resources or problems.")
  var aspect: AssessmentAspect = .summary
  @OptionGroup var text: TextOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(step.caseReference)
    let notes = [domain: aspect.notes(try text.required(session.output))]
    let draft: RecordDraft
    if let open = file.assessments.last {
      draft = CaseWork.annotate(open, notes: notes)
    } else {
      draft = CaseWork.assessment(
        id: session.replica.newIdentifier(), in: file.id, about: file.children.map(\.id), notes: notes,
        assessors: [session.me], on: session.day(step.on))
    }
    try await session.save([draft], step.write, in: file)
  }
}

/// Shows the assessments of a case.
struct AssessmentShow: ReplicaCommand {
  static let configuration = CommandConfiguration(commandName: "show", abstract: "Show the assessment.")

  @Argument(help: ArgumentHelp("The case.", valueName: "ref"))
  var caseReference: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let output = session.output
    for assessment in try session.file(caseReference).assessments {
      let day = assessment.happenedOn
      let mark = try session.mark(assessment)
      output.line("\(day?.description ?? "–")  \(session.short(assessment.id))\(mark)")
      for domain in ICSDomain.allCases {
        for aspect in AssessmentAspect.allCases {
          let field = aspect.field(of: domain)
          let values = assessment.state.values(field.id)
          for operation in values {
            guard case .text(let text) = operation.value else { continue }
            output.object([
              ("record", JSON(assessment.id)), ("day", JSON(day)), ("domain", .string(domain.rawValue)),
              ("aspect", .string(aspect.rawValue)), ("text", JSON(text)),
              ("conflict", .boolean(Set(values.map(\.value)).count > 1)),
            ])
            output.line("  \(output.label(domain.rawValue)), \(output.say(aspect.phrase)):")
            output.line("    " + text.shownBlock.split(separator: "\n").joined(separator: "\n    "))
          }
        }
      }
    }
  }
}
