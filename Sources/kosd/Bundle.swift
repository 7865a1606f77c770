import ArgumentParser
import SyncServer

/// `kosd bundle`: what devices without a network carry to their tenant, and back.
struct Bundle: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bundle", abstract: "What a device without a network carries here as a file.",
    subcommands: [BundleTake.self])
}

/// `kosd bundle take`: takes a device's push bundle in, and writes the delivery bundle for it.
struct BundleTake: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "take",
    abstract: "Take a device's bundle in, and write the one to carry back; the tenant may be served.")

  @Argument(help: "The bundle, as kos bundle write made it.")
  var file: String
  @Option(help: "The tenant's folder.")
  var data: String
  @Option(help: "The file to make for the device; there must be none of that name.")
  var reply: String
  @Flag(help: "Print one JSON object.")
  var json = false

  func run() async throws {
    try await complaining {
      var told = 0
      let taken = try await TenantBundles.take(file, into: data, reply: reply) { read, size in
        let percent = size > 0 ? read * 100 / size : 100
        guard !json, percent >= told + 10 else { return }
        told = percent
        say("kosd bundle take: \(percent) % of \(size) bytes")
      }
      print(json ? taken.json : taken.text(reply: reply))
    }
  }
}
