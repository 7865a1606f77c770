import ArgumentParser
import CRDT
import CaseModel
import SyncClient
import WebSocketTransport
import WireProtocol

/// `w1`: the load test that AccordSync publishes: devices without pause push ten operations, half of them to
/// the record that their zone shares, and take in what their zone writes.
///
/// It prints the workload `load/DEVICES`, as `accord.py load` does. There a device then pulls; here what
/// others write is delivered to it all the time. A register stands for the counter, which this project has
/// not.
struct LoadCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "w1", abstract: "Devices without pause push ten operations each to ten zones.")

  @Option(help: "How many devices.")
  var devices = 50
  @Option(help: "For how many seconds.")
  var seconds = 10

  func run() async throws {
    let tenant = try await Tenant()
    let loop = try Tenant.loop()
    let zones = try await LoadZones(devices: devices, in: tenant, loop: loop)
    let url = tenant.server.url
    let deadline = ContinuousClock.now + .seconds(seconds)
    let results = try await withThrowingTaskGroup(of: LoadResult.self) { group in
      for place in zones.places {
        group.addTask { try await place.run(url: url, loop: loop, until: deadline) }
      }
      return try await group.reduce(into: [LoadResult]()) { $0.append($1) }
    }
    await loop.shutdown()
    tenant.server.stop()
    let delays = results.flatMap(\.delays)
    var figures = Figures("load/\(devices)")
    figures.add("seconds", seconds)
    figures.add("ops_per_s", Double(results.reduce(0) { $0 + $1.accepted }) / Double(seconds))
    figures.add("push_p50_ms", delays.percentile(0.5))
    figures.add("push_p95_ms", delays.percentile(0.95))
    figures.add("push_p99_ms", delays.percentile(0.99))
    figures.add("failed", results.reduce(0) { $0 + $1.refused })
    figures.add("delivered_per_s", Double(results.reduce(0) { $0 + $1.delivered }) / Double(seconds))
    figures.print()
  }
}
