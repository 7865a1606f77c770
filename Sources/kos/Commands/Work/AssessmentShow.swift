import ArgumentParser
import CRDT
import CaseModel

/// Shows the assessments of a case, by domain and dimension.
struct AssessmentShow: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: Phrase("Vis udredningen.", "Show the assessment.").said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let output = session.output
    let stock = try session.replica.stock()
    let file = try session.file(caseReference)
    let assessments = try session.open(file.assessments)
    if assessments.isEmpty { output.line(output.say(.nothingHere)) }
    for assessment in assessments {
      let persons = assessment.identifiers(Field.Assessment.assessors)
      let mark = try session.mark(assessment)
      let names = persons.map { session.name($0, stock) }.joined(separator: ", ")
      output.line(
        "\(assessment.happenedOn?.description ?? "–")  \(session.short(assessment.id))\(mark)  \(names)")
      for domain in ICSDomain.allCases {
        for aspect in AssessmentAspect.allCases {
          tell(aspect.field(of: domain), of: assessment, domain, nil, aspect, output)
        }
        for dimension in ICSDimension.allCases where dimension.domain == domain {
          tell(dimension.fields.resources, of: assessment, domain, dimension, .resources, output)
          tell(dimension.fields.problems, of: assessment, domain, dimension, .problems, output)
        }
      }
    }
    if !assessments.isEmpty { try session.warnOfMissingAreas(in: file.id) }
  }

  /// Tells every live value of a field, as two may have written at the same time.
  private func tell(
    _ field: FieldDefinition, of assessment: CaseRecord, _ domain: ICSDomain, _ dimension: ICSDimension?,
    _ aspect: AssessmentAspect, _ output: Output
  ) {
    let values = assessment.state.values(field.id)
    for operation in values {
      guard case .text(let text) = operation.value else { continue }
      output.object([
        ("record", JSON(assessment.id)), ("day", JSON(assessment.happenedOn)),
        ("domain", .string(domain.rawValue)), ("dimension", JSON(dimension?.rawValue)),
        ("aspect", .string(aspect.rawValue)), ("text", JSON(text)),
        ("conflict", .boolean(Set(values.map(\.value)).count > 1)),
      ])
      let place = [domain.rawValue, dimension?.rawValue].compactMap { $0 }.map(output.label)
        .joined(separator: ", ")
      output.line("  \(place), \(output.say(aspect.phrase)):")
      output.line("    " + text.shownBlock.split(separator: "\n").joined(separator: "\n    "))
    }
  }
}
