import ArgumentParser
import CRDT
import CaseModel
import SyncClient
import WebSocketTransport
import WireProtocol

/// `fan-out`: five hundred people are connected, each with rights of her own; partners write a hundred times a
/// second, and twenty of the five hundred may read each change.
///
/// The clock starts before a change is signed and ends when a subscriber has taken it in. Partners and
/// subscribers share this one process and its processors with the server.
struct FanOutCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fan-out", abstract: "Time changes to twenty of five hundred connected people.")

  @Option(help: "How many people are connected.")
  var subscribers = 500
  @Option(help: "For how many seconds.")
  var seconds = 10

  private static let writesPerSecond = 100
  private static let readersOfCase = 20

  func run() async throws {
    let tenant = try await Tenant()
    let loop = try Tenant.loop()
    let rooms = try await rooms(tenant, loop)
    let url = tenant.server.url
    // Each room writes at its own moments; together they make an even stream.
    let interval = Duration.seconds(1) * rooms.count / Self.writesPerSecond
    let start = ContinuousClock.now + .seconds(5)
    let writes = seconds * Self.writesPerSecond / rooms.count
    let delays = try await withThrowingTaskGroup(of: [Double].self) { group in
      for (number, room) in rooms.enumerated() {
        let first = start + interval * number / rooms.count
        group.addTask {
          try await room.run(url: url, loop: loop, writes: writes, from: first, every: interval)
        }
      }
      return try await group.reduce(into: [Double]()) { $0 += $1 }
    }
    await loop.shutdown()
    tenant.server.stop()
    var figures = Figures("fan-out")
    figures.add("subscribers", rooms.count * Self.readersOfCase)
    figures.add("writes_per_s", Double(writes * rooms.count) / Double(seconds))
    figures.add("received", delays.count)
    figures.add("p50_ms", delays.percentile(0.5))
    figures.add("p95_ms", delays.percentile(0.95))
    figures.add("p99_ms", delays.percentile(0.99))
    figures.print()
  }

  /// Cases with a partner who writes and twenty who read.
  private func rooms(_ tenant: Tenant, _ loop: ServiceLoop) async throws -> [FanOutRoom] {
    var rooms: [FanOutRoom] = []
    for _ in 0..<max(1, subscribers / Self.readersOfCase) {
      let caseID = try tenant.openCase()
      let record = tenant.leader.newIdentifier()
      let people = (0...Self.readersOfCase).map { _ in tenant.leader.newIdentifier() }
      try tenant.leader.write(
        people.map { [tenant.participation(of: $0, in: caseID)] }
          + [[CaseWork.assessment(id: record, in: caseID, notes: [:], on: tenant.leader.today())]])
      try await tenant.sync(tenant.leader)
      var devices: [IdleDevice] = []
      for person in people {
        devices.append(try await tenant.lightDevice(of: person, as: .coreTeam, loop: loop))
      }
      rooms.append(FanOutRoom(record: record, writer: devices[0], readers: Array(devices[1...])))
    }
    return rooms
  }
}
