import ArgumentParser

/// News from professionals outside the core team.
struct UpdateGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update",
    abstract: Phrase(
      "Nyt fra fagfolk uden for kerneteamet.", "News from professionals outside the core team."
    ).said,
    subcommands: [UpdateSend.self, UpdateList.self, UpdateTriage.self])
}
