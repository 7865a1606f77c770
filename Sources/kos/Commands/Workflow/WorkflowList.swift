import ArgumentParser
import CaseModel
import Workflows

/// Lists the workflows that there are.
struct WorkflowList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Phrase(
      "Vis de sagsflow, der er vedtaget, og dem, der følger med programmet.",
      "List the workflows that were adopted, and those that come with the program."
    ).said)

  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let output = session.output
    let stock = try session.replica.stock()
    let newest = stock.newestWorkflow(on: session.day(nil))
    var rows: [[String]] = []
    for record in stock.workflows {
      let isNewest = record.id == newest?.id
      let name = record.text(Field.Workflow.name)
      let code = record.text(Field.Workflow.code)?.shown ?? "–"
      let version = record.integer(Field.Workflow.version)
      output.object([
        ("workflow", JSON(record.id)), ("code", .string(code)), ("version", JSON(version)),
        ("name", JSON(name)), ("adopted_on", JSON(record.day(Field.Workflow.adoptedOn))),
        ("followed_by_new_cases", .boolean(isNewest)),
        ("pending", .boolean(try session.replica.isPending(record.id))),
      ])
      rows.append([
        session.short(record.id), "\(code)@\(version.map(String.init) ?? "–")",
        record.day(Field.Workflow.adoptedOn)?.description ?? "–",
        (name?.shown ?? "") + (isNewest ? " (\(output.say(.newCasesFollow)))" : "")
          + (try session.mark(record)),
      ])
    }
    for shipped in ShippedWorkflow.allCases {
      let workflow = shipped.workflow
      let isNewest = newest == nil && shipped == .kos
      output.object([
        ("workflow", .null), ("code", .string(workflow.code)), ("version", .integer(Int64(workflow.version))),
        ("name", JSON(output.text(workflow.name))), ("adopted_on", .null),
        ("followed_by_new_cases", .boolean(isNewest)), ("pending", false),
      ])
      rows.append([
        output.say(.shipped), "\(workflow.code)@\(workflow.version)", "–",
        output.text(workflow.name) + (isNewest ? " (\(output.say(.newCasesFollow)))" : ""),
      ])
    }
    output.table(rows)
  }
}
