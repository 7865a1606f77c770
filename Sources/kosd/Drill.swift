import ArgumentParser
import SyncServer

/// `kosd drill`: shows that the newest backup can be restored.
struct Drill: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drill",
    abstract: "Restore the newest backup into a folder of its own, check all of it, and remove it again.")

  @Option(help: "The tenant's folder; nothing in it is touched.")
  var data: String
  @Option(help: "The ledger's file, apart from the folder; DIR.ledger unless told. A copy of it is replayed.")
  var ledger: String?
  @Option(help: "The database of the records' keys, apart from the folder; DIR.keys unless told.")
  var keys: String?
  @Option(help: "The backup's file; the newest that kosd backup made of this tenant unless told.")
  var from: String?
  @Option(help: "The folder to restore into, which must not be there; DIR.drill unless told.")
  var scratch: String?
  @Option(help: "The file with what the backup was sealed with.")
  var keyFile: String
  @Flag(help: "Print one JSON object.")
  var json = false

  func run() async throws {
    try await complaining {
      let report = try TenantBackup.drill(
        of: data, ledger: ledger, keys: keys, from: from, scratch: scratch, keyFile: keyFile
      ) { step in
        if !json { say("kosd drill: \(step)") }
      }
      print(json ? report.json : report.text)
    }
  }
}
