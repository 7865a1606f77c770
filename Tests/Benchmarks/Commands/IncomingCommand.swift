import ArgumentParser
import CRDT
import CaseModel
import SyncClient

/// `incoming`: one change arrives at a replica that holds half a million records, and at one that holds next
/// to none, by turns. The clock runs from the edit to the replica's holding it, as in `live`; the difference
/// is what all that it holds already costs.
struct IncomingCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "incoming", abstract: "Time a change that arrives at a large replica and at a small one.")

  @Option(help: "How many records the large replica holds.")
  var records = 500_000
  @Option(help: "How many changes.")
  var updates = 500

  private static let recordsPerCase = 5_000

  func run() async throws {
    let tenant = try await Tenant()
    let small = try await tenant.colleague("small")
    let shared = try tenant.openCase()
    let id = tenant.leader.newIdentifier()
    try tenant.leader.write([
      [tenant.participation(of: small.profile.person, in: shared)],
      [CaseWork.assessment(id: id, in: shared, notes: [:], on: tenant.leader.today())],
    ])
    try await tenant.sync(tenant.leader)
    try await tenant.sync(small)
    guard let record = try small.records().first(where: { $0.id == id }) else {
      throw BenchmarkError(description: "the record is not there")
    }
    let large = tenant.leader
    let empty = try await delays(of: record, from: small.home, to: large.home)
    let cases = try (0..<records / Self.recordsPerCase).map { _ in try tenant.openCase() }
    try await tenant.sync(tenant.leader)
    try await LargeStock(recordsPerCase: Self.recordsPerCase).fill(cases, in: tenant)
    try await tenant.sync(tenant.leader)
    let full = try await delays(of: record, from: small.home, to: large.home)
    tenant.server.stop()
    var figures = Figures("incoming")
    figures.add("records", cases.count * Self.recordsPerCase)
    figures.add("small_p50_ms", empty.percentile(0.5))
    figures.add("large_p50_ms", full.percentile(0.5))
    figures.add("extra_ms", full.percentile(0.5) - empty.percentile(0.5))
    figures.print()
  }

  private func delays(
    of record: CaseRecord, from writerHome: String, to readerHome: String
  ) async throws -> [Double] {
    let writer = Device(home: writerHome)
    let reader = Device(home: readerHome)
    try await reader.connect()
    try await writer.connect()
    var delays: [Double] = []
    for update in 0..<updates {
      let start = try await writer.write(
        FieldUpdates.field(0), FieldUpdates.value(record: 0, update: update), of: record)
      delays.append((try await reader.nextArrival(after: start) - start).milliseconds)
      try await writer.settled()
    }
    await writer.close()
    await reader.close()
    return delays
  }
}
