import ArgumentParser
import CaseModel

/// Lists the answers to surveys.
struct SurveyList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: Phrase("Vis svarene.", "List the answers.").said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let output = session.output
    let records = try session.file(caseReference).all(.surveyResponse)
    var rows: [[String]] = []
    for record in try session.open(records) {
      guard let response = SurveyAnswers(record) else { continue }
      let dimensions = response.survey.dimensions.map(\.name)
      output.object([
        ("record", JSON(record.id)), ("day", JSON(response.day)),
        ("respondent", .string(response.survey.rawValue)),
        ("measurement", .integer(Int64(response.measurement))),
        (
          "answers",
          .object(dimensions.map { name in (name, JSON(response.answers[name].map { Int64($0) })) })
        ),
        ("pending", .boolean(try session.replica.isPending(record.id))),
      ])
      let answers = dimensions.compactMap { name in
        response.answers[name].map { "\(output.label(name)) \($0)" }
      }
      rows.append([
        response.day.description, output.label(response.survey.rawValue), String(response.measurement),
        answers.joined(separator: ", ") + (try session.mark(record)),
      ])
    }
    output.table(rows)
  }
}
