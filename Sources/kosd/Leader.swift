import ArgumentParser
import SyncServer

/// `kosd leader`: leaders beside the first.
struct Leader: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "leader",
    abstract: "Further leaders: what two leaders decide needs two, and no leader invites another.",
    subcommands: [LeaderAdd.self])
}

/// `kosd leader add`: a code for one.
struct LeaderAdd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Print a one-time code for a further leader of a tenant, which nobody serves meanwhile.")

  @OptionGroup var place: TenantPlace
  @Option(help: "The leader's name.")
  var name: String
  @Option(help: "Where clients reach the server: ws:// or wss://. It becomes part of the link.")
  var url: String = "ws://127.0.0.1:7400"
  @Flag(help: "Print one JSON object.")
  var json = false

  func run() async throws {
    guard url.hasPrefix("ws://") || url.hasPrefix("wss://") else {
      throw ValidationError("--url must start with ws:// or wss://.")
    }
    try await complaining {
      let leader = try TenantSetup.addLeader(
        in: place.data, ledger: place.ledger, keys: place.keys, named: name)
      let link = "\(url)/#\(leader.code)"
      print(
        json
          ? #"{"code":"\#(leader.code)","link":"\#(link)"}"#
          : "\(name) enrols within 15 minutes, once the tenant is served, with\n  kos enroll \(link)")
    }
  }
}
