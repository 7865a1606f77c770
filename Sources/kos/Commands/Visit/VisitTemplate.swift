import ArgumentParser
import CRDT
import CaseModel

/// Prints a form to fill in, with the family's goals.
struct VisitTemplate: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "template",
    abstract: Phrase(
      "En formular med familiens mål, til at udfylde.", "A form with the family's goals, to fill in."
    ).said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let output = session.output
    var lines = [
      output.say(.visitFormIntroduction, session.called(file.id)),
      output.say(.visitFormDay) + ": " + session.day(nil).description, "",
      output.say(.visitFormContact) + ":", "", output.say(.visitFormWarning) + ":", "",
    ]
    for (place, goal) in try session.open(file.goals).enumerated() {
      lines += [
        "# \(goal.text(Field.Goal.title)?.shown ?? "–")",
        "\(output.say(.visitFormGoal)) \(place + 1):", "",
      ]
    }
    lines += [
      output.say(.visitFormTaskHelp), output.say(.visitFormTask) + ":", "", output.say(.visitFormNote) + ":",
    ]
    let text = lines.joined(separator: "\n")
    output.object([
      ("case", JSON(session.reference(file.id))), ("case_id", JSON(file.id)), ("form", .string(text)),
    ])
    output.line(text)
  }
}
