import ArgumentParser
import CaseModel
import Workflows

/// Shows the steps of a workflow.
struct WorkflowShow: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: Phrase("Vis trinene i et sagsflow.", "Show the steps of a workflow.").said)

  @Argument(
    help: Phrase(
      "Sagsflowets kode, kode@version eller id.", "The workflow's code, code@version or id."
    ).help())
  var workflow: String
  @Flag(
    help: Phrase(
      "Skriv definitionen, som den er, til en fil, der kan rettes.",
      "Write the definition as it is, for a file to be changed."
    ).help())
  var source = false
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let output = session.output
    let found = try session.workflow(named: workflow)
    if source {
      output.object([("definition", JSON(found.definition))])
      // A line ends itself.
      let text = found.definition.shownBlock
      output.line(text.last?.isNewline == true ? String(text.dropLast()) : text)
      return
    }
    let read: Workflow
    do throws(WorkflowError) { read = try WorkflowFile.parse(found.definition) } catch {
      throw Failure(.other, .badWorkflow, workflow, output.text(of: error))
    }
    output.line("\(read.code)@\(read.version)  \(output.text(read.name).shown)")
    for step in read.steps { tell(step, of: read, output) }
  }

  private func tell(_ step: WorkflowStep, of workflow: Workflow, _ output: Output) {
    output.object([
      ("code", .string(workflow.code)), ("version", .integer(Int64(workflow.version))),
      ("step", .string(step.code)), ("number", JSON(step.number)),
      ("phase", .string(step.phase.rawValue)), ("title", JSON(output.text(step.title))),
      ("purpose", JSON(step.purpose.map(output.text))), ("content", JSON(step.content.map(output.text))),
      ("participants", JSON(output.people(step.participants))),
      ("responsible", JSON(output.people(step.responsible))), ("optional", .boolean(step.isOptional)),
      ("repeated", .boolean(workflow.repeatedSteps.contains(step.code))),
      ("cadence", JSON(step.cadence?.description)),
      ("gates", .array(step.gates.map { .string($0.rawValue) })),
      ("shown_by", .array(step.shownBy.map { JSON($0.definition?.name) })),
      ("checklist", .array(step.checklist.map { JSON(output.text($0)) })),
    ])
    output.guide(step)
  }
}

extension Output {
  /// Who takes part in a step or sees to it, in words.
  func people(_ people: WorkflowStep.People) -> String {
    if let own = people.text { return text(own) }
    return people.parts.map { label($0.rawValue) }.joined(separator: ", ")
  }

  /// What a step is for, what is done, by whom, and what to go through (R59, R71).
  func guide(_ step: WorkflowStep) {
    let optional = step.isOptional ? " (\(say(.optional)))" : ""
    line("\(step.number.padded(to: 3)) \(text(step.title).shown)\(optional)")
    var told: [(Phrase, String)] = []
    if let purpose = step.purpose { told.append((.purpose, text(purpose))) }
    if let content = step.content { told.append((.content, text(content))) }
    told.append((.participants, people(step.participants)))
    told.append((.responsible, people(step.responsible)))
    if let cadence = step.cadence {
      let unit = label("\(cadence.unit.rawValue)_\(cadence.count == 1 ? "one" : "many")")
      told.append((.cadence, say(.every, String(cadence.count), unit)))
    }
    for (phrase, text) in told where !text.isEmpty { line("      \(say(phrase)): \(text.shown)") }
    for point in step.checklist { line("      – \(text(point).shown)") }
  }
}
