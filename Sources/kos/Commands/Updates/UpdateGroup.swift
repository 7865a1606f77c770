import ArgumentParser

/// News from professionals outside the core team.
struct UpdateGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "News from professionals outside the core team.",
    subcommands: [UpdateSend.self, UpdateList.self, UpdateTriage.self])
}
