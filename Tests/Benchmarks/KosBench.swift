import ArgumentParser

/// The project's own benchmarks. Each command prints JSON lines with the keys that the peers' drivers print
/// for the same workload (`peers/README.md`), so that `Deploy/compare` can divide one by the other.
@main
struct KosBench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kos-bench",
    abstract: "Benchmarks of KOS; prints JSON lines.",
    discussion: "Build it for release. It works from any folder and leaves nothing behind.",
    subcommands: [
      FieldsCommand.self, TextCommand.self, MergeCommand.self, BacklogCommand.self, LiveCommand.self,
      IdleCommand.self, BareCommand.self,
      LoadCommand.self, HomeVisitCommand.self, FanOutCommand.self, IncomingCommand.self, GrowthCommand.self,
      StormCommand.self, OverheadCommand.self, FirstSyncCommand.self, OpenCommand.self,
      RevocationCommand.self, DueCommand.self,
      FirstSyncClient.self, ServeCommand.self,
    ])
}
