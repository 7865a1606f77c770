import ArgumentParser
import CaseModel
import Workflows

/// Adopts a version of a workflow, which new cases follow from then on.
struct WorkflowAdopt: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "adopt",
    abstract: Phrase(
      "Vedtag et sagsflow, som nye sager følger; gør en leder.",
      "Adopt a workflow, which new cases follow; a leader does."
    ).said)

  @Argument(
    help: Phrase("kos, en-familie-en-indgang eller en fil.", "kos, en-familie-en-indgang, or a file.").help())
  var workflow: String
  @Option(
    help: Phrase("Fra hvilken dag, ellers i dag.", "From which day, else today.").help(valueName: "day"))
  var from: CalendarDay?
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let (read, definition) =
      try ShippedWorkflow(rawValue: workflow).map { ($0.workflow, $0.definition) }
      ?? WorkflowCheck.read(workflow, session.output)
    guard definition.utf8.count <= WorkflowFile.adoptedByteCountMax else {
      throw Failure(.usage, .workflowTooLarge, workflow, String(WorkflowFile.adoptedByteCountMax))
    }
    let name = "\(read.code)@\(read.version)"
    let known = try session.replica.stock().workflows.first {
      $0.text(Field.Workflow.code) == read.code && $0.integer(Field.Workflow.version) == Int64(read.version)
    }
    if let known {
      let isSame = known.text(Field.Workflow.definition) == definition
      throw Failure(.usage, isSame ? .workflowAdoptedBefore : .workflowVersionTaken, name)
    }
    let draft = CaseWork.workflow(
      id: session.replica.newIdentifier(), read, definition: definition, on: session.day(from))
    try await session.save(
      [draft], write, session.output.say(.workflowAdopted, name, session.day(from).description),
      [
        ("workflow", JSON(draft.id)), ("code", .string(read.code)),
        ("version", .integer(Int64(read.version))), ("adopted_on", JSON(session.day(from))),
      ])
  }
}
