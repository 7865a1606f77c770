import ArgumentParser
import CaseModel

/// The family's goals.
struct GoalGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "goal", abstract: "The family's goals, in the family's order.",
    subcommands: [GoalAdd.self, GoalList.self, GoalRank.self])
}
