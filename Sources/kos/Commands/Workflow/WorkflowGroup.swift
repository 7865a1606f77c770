import ArgumentParser

/// Workflows: what steps a case takes.
struct WorkflowGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "workflow",
    abstract: Phrase("Sagsflow: hvilke trin en sag tager.", "Workflows: what steps a case takes.").said,
    subcommands: [
      WorkflowList.self, WorkflowShow.self, WorkflowCheck.self, WorkflowAdopt.self, WorkflowMove.self,
    ])
}
