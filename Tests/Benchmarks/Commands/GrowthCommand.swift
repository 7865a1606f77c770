import ArgumentParser
import CRDT
import CaseModel
import SyncClient
import WireProtocol

/// `growth`: what a change costs the server once many are stored, against what it costs at the beginning.
struct GrowthCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "growth",
    abstract: "Time and bytes of a change, and the server's memory, as the log grows.",
    discussion: "The first and the last 10,000 changes are compared; 1,000,000 take minutes.")

  @Option(help: "How many changes in all.")
  var changes = 100_000

  private static let stepChanges = 10_000

  func run() async throws {
    let tenant = try await Tenant()
    let loop = try Tenant.loop()
    let caseID = try tenant.openCase()
    try await tenant.sync(tenant.leader)
    let light = try await tenant.lightDevice(loop: loop)
    let device = try await LightDevice(light, url: tenant.server.url, loop: loop)
    try await device.upToDate()
    let facts = tenant.facts(caseID, tenant: light.tenant)
    var rates: [Double] = []
    var stored = [try tenant.folder.byteCount(of: "tenant")]
    var resident: [Int] = []
    for _ in 0..<max(2, changes / Self.stepChanges) {
      IngestWork(records: Self.stepChanges / FieldUpdates.updatesPerRecord).write(into: device.replica, facts)
      let took = try await ContinuousClock().measure {
        try device.push()
        try await device.judged()
      }
      rates.append(took.milliseconds * 1_000 / Double(Self.stepChanges))
      stored.append(try tenant.folder.byteCount(of: "tenant"))
      resident.append(try tenant.server.residentBytes())
    }
    await device.close()
    await loop.shutdown()
    tenant.server.stop()
    let total = try tenant.folder.byteCount(of: "tenant")
    // The first step warms up; single steps wait for the disk now and then, so each end is a median.
    let first = Array(rates.dropFirst().prefix(5)).percentile(0.5)
    let last = Array(rates.suffix(5)).percentile(0.5)
    let bytesFirst = Double(stored[1] - stored[0]) / Double(Self.stepChanges)
    var figures = Figures("growth")
    figures.add("changes", rates.count * Self.stepChanges)
    figures.add("first_us_per_change", first)
    figures.add("last_us_per_change", last)
    figures.add("time_ratio", last / first)
    figures.add("first_bytes_per_change", bytesFirst)
    figures.add("bytes_per_change", Double(total) / Double(rates.count * Self.stepChanges))
    figures.add("first_resident_bytes", resident.first ?? 0)
    // Caches that fill up are no growth: in a long run they are full by the middle.
    figures.add("middle_resident_bytes", resident[resident.count / 2])
    figures.add("last_resident_bytes", resident.last ?? 0)
    figures.print()
  }
}
