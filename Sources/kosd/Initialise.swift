import ArgumentParser
import SyncServer

/// `kosd init`: a new tenant, and a code for its first leader.
struct Initialise: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Make a new tenant; prints a one-time code for its first leader.")

  @Option(help: "The folder that will hold the tenant; it must not hold one yet.")
  var data: String
  @Option(help: "The ledger's file, apart from the folder; DIR.ledger unless told.")
  var ledger: String?
  @Option(help: "The database of the records' keys, apart from the folder; DIR.keys unless told.")
  var keys: String?
  @Option(help: "The tenant's name: the municipality.")
  var tenant: String
  @Option(help: "The first leader's name.")
  var leader: String = "Leder"
  @Option(help: "Where clients reach the server: ws:// or wss://. It becomes part of the link.")
  var url: String = "ws://127.0.0.1:7400"
  @Flag(help: "Print one JSON object.")
  var json = false

  func run() async throws { try await complaining { try initialise() } }

  private func initialise() throws {
    guard url.hasPrefix("ws://") || url.hasPrefix("wss://") else {
      throw ValidationError("--url must start with ws:// or wss://.")
    }
    let first = try TenantSetup.create(
      directory: data, ledger: ledger, keys: keys, tenantName: tenant, leaderName: leader)
    let link = "\(url)/#\(first.code)"
    if json {
      print(#"{"code":"\#(first.code)","link":"\#(link)","tenant":"\#(first.tenant)"}"#)
      return
    }
    print(
      """
      Tenant “\(tenant)” is ready in \(data).
      What records say is sealed with keys in \(keys ?? data + ".keys"): back them up apart from the rest.

      The first leader enrols within 15 minutes with
        kos enroll \(link)
      Start the server with
        kosd serve --data \(data)\(places) \(serveOptions)
      """)
  }

  /// Where the files are that are not beside the folder.
  private var places: String {
    (ledger.map { " --ledger \($0)" } ?? "") + (keys.map { " --keys \($0)" } ?? "")
  }

  /// What `serve` needs besides, so that it listens where the link leads.
  private var serveOptions: String {
    guard url.hasPrefix("ws://") else { return "--listen ADDRESS:PORT --tls-cert FILE --tls-key FILE" }
    let address = url.dropFirst("ws://".count)
    return address == "127.0.0.1:7400" ? "--plaintext-loopback" : "--plaintext-loopback --listen \(address)"
  }
}
