import ArgumentParser

/// The sync server's command line.
@main
struct Kosd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kosd", abstract: "The sync server for coordinated case work.",
    subcommands: [
      Initialise.self, Leader.self, Serve.self, Backup.self, Restore.self, Drill.self, Keys.self,
      Bundle.self, Card.self, Transfer.self, Verify.self,
    ])
}
