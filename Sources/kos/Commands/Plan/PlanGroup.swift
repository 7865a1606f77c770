import ArgumentParser

/// The family's plan.
struct PlanGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: Phrase("Familiens plan i versioner.", "The family's plan, in versions.").said,
    subcommands: [PlanAgree.self, PlanList.self, PlanShow.self])
}
