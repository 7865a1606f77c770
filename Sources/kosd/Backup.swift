import ArgumentParser
import SyncServer

/// `kosd backup`: a checked, sealed copy of a tenant, made while it is served.
struct Backup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "Copy a tenant, check the copy and write it sealed; it may be served.")

  @Option(help: "The tenant's folder.")
  var data: String
  @Option(help: "The ledger's file, apart from the folder; DIR.ledger unless told.")
  var ledger: String?
  @Option(help: "The database of the records' keys, apart from the folder; DIR.keys unless told.")
  var keys: String?
  @Option(help: "The file to make; there must be none of that name.")
  var to: String
  @Option(help: "A file with what the backup is sealed with; its owner alone may read it.")
  var keyFile: String
  @Flag(help: "Print one JSON object.")
  var json = false

  func run() async throws {
    try await complaining {
      let summary = try TenantBackup.make(of: data, ledger: ledger, keys: keys, to: to, keyFile: keyFile) {
        step in
        if !json { say("kosd backup: \(step)") }
      }
      print(json ? summary.json : summary.text(of: "Backup \(to)"))
    }
  }
}
