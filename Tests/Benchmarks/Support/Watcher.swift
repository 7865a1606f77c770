import SyncClient

/// A device that stays connected, as `kos watch` does.
final class Watcher: Sendable {
  private let task: Task<Void, any Error>
  private let events: AsyncStream<(WatchEvent, ContinuousClock.Instant)>

  init(home: String) {
    let (events, continuation) = AsyncStream.makeStream(of: (WatchEvent, ContinuousClock.Instant).self)
    self.events = events
    task = Task(executorPreference: DeviceExecutor()) {
      defer { continuation.finish() }
      let replica = try Replica(home: home)
      defer { replica.close() }
      try await replica.watch(passphrase: noPassphrase) { continuation.yield(($0, .now)) }
    }
  }

  /// Waits until nothing waits on either side.
  func connected() async throws {
    for await (event, _) in events {
      switch event {
      case .upToDate: return
      case .disconnected(let reason): throw BenchmarkError(description: "disconnected: \(reason)")
      case .connected, .changed, .refused: continue
      }
    }
    throw BenchmarkError(description: "the watch ended")
  }

  /// When the next change was there.
  func nextArrival() async throws -> ContinuousClock.Instant {
    for await (event, time) in events {
      switch event {
      case .changed: return time
      case .disconnected(let reason): throw BenchmarkError(description: "disconnected: \(reason)")
      case .connected, .upToDate, .refused: continue
      }
    }
    throw BenchmarkError(description: "the watch ended")
  }

  func stop() { task.cancel() }
}
