import CRDT
import SyncClient
import WebSocketTransport
import WireProtocol

/// A case with one who writes and others who are connected and may read it.
struct FanOutRoom: Sendable {
  let record: Identifier
  let writer: IdleDevice
  let readers: [IdleDevice]

  private static let field = FieldID(rawValue: 1_000)

  /// Writes at even moments, and takes in at each reader what comes.
  ///
  /// - Returns: from each writing to each receipt, in milliseconds.
  func run(
    url: String, loop: ServiceLoop, writes: Int, from first: ContinuousClock.Instant,
    every interval: Duration
  ) async throws -> [Double] {
    try await withThrowingTaskGroup(of: [ContinuousClock.Instant].self) { group in
      for reader in readers {
        group.addTask { try await arrivals(at: reader, url: url, loop: loop, count: writes) }
      }
      let starts = try await write(writes, url: url, loop: loop, from: first, every: interval)
      // Changes of one author arrive in their order.
      return try await group.reduce(into: [Double]()) { delays, arrivals in
        delays += zip(starts, arrivals).map { ($1 - $0).milliseconds }
      }
    }
  }

  private func write(
    _ count: Int, url: String, loop: ServiceLoop, from first: ContinuousClock.Instant,
    every interval: Duration
  ) async throws -> [ContinuousClock.Instant] {
    let device = try await LightDevice(writer, url: url, loop: loop)
    try await device.upToDate()
    var starts: [ContinuousClock.Instant] = []
    for number in 0..<count {
      try await Task.sleep(until: first + interval * number)
      starts.append(.now)
      let text = FieldUpdates.value(record: 0, update: number)
      device.replica.write(
        [Operation(field: Self.field, action: .assign(.text(text)))], in: record, at: 1_600_000_000_000)
      try device.push()
      try await device.judged()
    }
    guard device.refused == 0 else { throw BenchmarkError(description: "changes were refused") }
    await device.close()
    return starts
  }

  private func arrivals(
    at reader: IdleDevice, url: String, loop: ServiceLoop, count: Int
  ) async throws -> [ContinuousClock.Instant] {
    let device = try await LightDevice(reader, url: url, loop: loop)
    try await device.upToDate()
    let before = device.delivered
    var arrivals: [ContinuousClock.Instant] = []
    while arrivals.count < count {
      try await device.takeMessage()
      let now = ContinuousClock.now
      while arrivals.count < min(count, device.delivered - before) { arrivals.append(now) }
    }
    await device.close()
    return arrivals
  }
}
