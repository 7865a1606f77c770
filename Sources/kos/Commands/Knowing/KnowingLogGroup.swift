import ArgumentParser

/// The logs of who was sent what and who opened it.
struct KnowingLogGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "knowing-log",
    abstract: Phrase(
      "Loggene over, hvem der har fået hvad, og hvem der har åbnet det.",
      "The logs of who was sent what, and who opened it."
    ).said,
    subcommands: [KnowingLogShow.self, KnowingLogAccept.self, KnowingLogCheck.self, KnowingLogAudit.self])
}
