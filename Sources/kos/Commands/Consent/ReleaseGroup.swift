import ArgumentParser

/// Releases to parents, each named.
struct ReleaseGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release",
    abstract: Phrase(
      "Frigivelser: hvad en bestemt forælder må læse.", "Releases: what one named parent may read."
    ).said,
    subcommands: [ReleaseGive.self, ReleaseEnd.self, ReleaseList.self])
}
