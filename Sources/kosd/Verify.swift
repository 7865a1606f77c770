import ArgumentParser
import SyncServer

/// `kosd verify`: whether a tenant's store is as it was written.
struct Verify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Recompute every chain, stamp, snapshot and log of knowing of a tenant; it may be served.",
    discussion: """
      A row of the log of what was delivered that was edited, removed or put elsewhere is found: by its leaf,
      by the tree, by the checkpoints that were signed, or by the ledger. Ends with 1 when anything is found.
      """)

  @OptionGroup var place: TenantPlace
  @Flag(help: "Print one JSON object.")
  var json = false

  func run() async throws {
    var isSound = true
    try await complaining {
      let report = try TenantCheck.run(of: place.data, ledger: place.ledger, keys: place.keys)
      isSound = report.isSound
      print(json ? report.json : report.text)
    }
    guard isSound else { throw ExitCode.failure }
  }
}
