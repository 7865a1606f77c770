import ArgumentParser

/// Exchanging by files that are carried.
struct BundleGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bundle",
    abstract: Phrase(
      "Udveksl uden net: filer, der bæres til serverens maskine og tilbage.",
      "Exchange without a network: files that are carried to the server's machine and back."
    )
    .said,
    subcommands: [BundleWrite.self, BundleTake.self])
}
