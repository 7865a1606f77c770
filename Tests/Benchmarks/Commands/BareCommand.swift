import ArgumentParser
import CRDT
import CaseModel
import SyncClient
import WireProtocol

/// `bare`: the same changes stored by the server, from push messages to durable verdicts, and by a bare SQLite
/// insert loop in groups of the same size.
struct BareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bare", abstract: "The server's ingest beside a bare SQLite insert loop with the same bytes."
  )

  @Option(help: "How many changes.")
  var changes = 20_000

  func run() async throws {
    let tenant = try await Tenant()
    let loop = try Tenant.loop()
    let caseID = try tenant.openCase()
    try await tenant.sync(tenant.leader)
    let light = try await tenant.lightDevice(loop: loop)
    let device = try await LightDevice(light, url: tenant.server.url, loop: loop)
    try await device.upToDate()
    let facts = tenant.facts(caseID, tenant: light.tenant)
    IngestWork(records: changes / FieldUpdates.updatesPerRecord).write(into: device.replica, facts)
    let written = device.replica.pendingEntries(after: 0, limit: .max).flatMap(\.entry.changes)
    let clock = ContinuousClock()
    let ingest = try await clock.measure {
      try device.push()
      try await device.judged()
    }
    guard device.refused == 0 else { throw BenchmarkError(description: "changes were refused") }
    await device.close()
    await loop.shutdown()
    tenant.server.stop()
    let table = try BareTable(path: tenant.folder.path + "/bare.db")
    let bare = try clock.measure {
      for start in stride(from: 0, to: written.count, by: 256) {
        try table.insert(written[start..<min(start + 256, written.count)])
      }
    }
    for (peer, duration) in [("kos", ingest), ("sqlite", bare)] {
      var figures = Figures("ingest", of: peer)
      figures.add("changes", written.count)
      figures.add("changes_per_s", duration.rate(of: written.count))
      figures.print()
    }
  }
}
