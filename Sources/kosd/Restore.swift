import ArgumentParser
import SyncServer

/// `kosd restore`: a tenant from a backup, in a new epoch.
struct Restore: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Restore a tenant into an empty place, in a new epoch; devices give back what came since.")

  @Option(help: "The backup's file.")
  var from: String
  @Option(help: "The folder that will hold the tenant; it must not hold one.")
  var data: String
  @Option(help: "The ledger's file, apart from the folder; DIR.ledger unless told.")
  var ledger: String?
  @Option(help: "The database of the records' keys, apart from the folder; DIR.keys unless told.")
  var keys: String?
  @Option(help: "The file with what the backup was sealed with.")
  var keyFile: String
  @Flag(help: "Open and check the backup, and leave nothing.")
  var dryRun = false
  @Flag(help: "Print one JSON object.")
  var json = false

  func run() async throws {
    try await complaining {
      let summary = try TenantBackup.restore(
        from: from, to: data, ledger: ledger, keys: keys, keyFile: keyFile, isDryRun: dryRun
      ) { step in
        if !json { say("kosd restore: \(step)") }
      }
      print(json ? summary.json : summary.text(of: dryRun ? "Backup \(from)" : "Restored \(data)"))
      if !json, !dryRun {
        if !summary.hasLedger {
          print(
            "There was no ledger: the tenant is in recovery. It takes what devices push and delivers nothing "
              + "until a leader ends that with: kos recovery end")
        }
        print("It begins a new epoch: devices that connect give back what came after the backup.")
      }
    }
  }
}
