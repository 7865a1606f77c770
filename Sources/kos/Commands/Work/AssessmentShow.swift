import ArgumentParser
import CRDT
import CaseModel

/// Shows the assessments of a case.
struct AssessmentShow: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: Phrase("Vis udredningen.", "Show the assessment.").said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"))
  var caseReference: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let output = session.output
    let assessments = try session.open(session.file(caseReference).assessments)
    if assessments.isEmpty { output.line(output.say(.nothingHere)) }
    for assessment in assessments {
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
