import ArgumentParser
import CRDT
import CaseModel
import SyncClient

/// `live`: one writer and one watcher through the server, one update at a time. The clock starts before the
/// edit is written to the writer's disk and ends when the watcher's replica holds it. The next begins once
/// the writer knows that the server has this one.
struct LiveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "live", abstract: "Time single updates from one person's edit to another's replica.")

  @Option(help: "How many updates.")
  var updates = 1_000

  func run() async throws {
    let tenant = try await Tenant()
    let second = try await tenant.secondDevice()
    let caseID = try tenant.openCase()
    let id = tenant.leader.newIdentifier()
    try tenant.leader.write([
      [CaseWork.assessment(id: id, in: caseID, notes: [:], on: tenant.leader.today())]
    ])
    try await tenant.sync(tenant.leader)
    try await tenant.sync(second)
    guard let record = try tenant.leader.records().first(where: { $0.id == id }) else {
      throw BenchmarkError(description: "the record is not there")
    }
    let watcher = Device(home: second.home)
    let writer = Device(home: tenant.leader.home)
    try await watcher.connect()
    try await writer.connect()
    let delays = try await delays(of: record, from: writer, to: watcher)
    tenant.server.stop()
    var figures = Figures("live")
    figures.add("updates", updates)
    figures.add("p50_ms", delays.percentile(0.5))
    figures.add("p99_ms", delays.percentile(0.99))
    figures.print()
  }

  private func delays(of record: CaseRecord, from writer: Device, to watcher: Device) async throws -> [Double]
  {
    var delays: [Double] = []
    for update in 0..<updates {
      let start = try await writer.write(
        FieldUpdates.field(0), FieldUpdates.value(record: 0, update: update), of: record)
      let arrival = try await watcher.nextArrival(after: start)
      delays.append((arrival - start).milliseconds)
      // One at a time: the writer has its verdict before the next.
      try await writer.settled()
    }
    return delays
  }
}
