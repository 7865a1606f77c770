import ArgumentParser
import CaseModel

/// The family's goals.
struct GoalGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "goal",
    abstract: Phrase("Familiens mål i familiens rækkefølge.", "The family's goals, in the family's order.")
      .said,
    subcommands: [GoalAdd.self, GoalList.self, GoalRank.self, GoalReplace.self, GoalEnd.self])
}
