import CaseModel
import SyncClient

/// A device whose session stays open while its person works, as in a program that shows a case.
actor Device {
  private let executor = DeviceExecutor()
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  private let home: String
  private var replica: Replica?
  private var session: Task<Void, any Error>?
  /// What the session told, with the time.
  nonisolated let events: AsyncStream<(WatchEvent, ContinuousClock.Instant)>
  private let continuation: AsyncStream<(WatchEvent, ContinuousClock.Instant)>.Continuation

  init(home: String) {
    self.home = home
    (events, continuation) = AsyncStream.makeStream()
  }

  /// Opens the replica and a session, and waits until nothing waits on either side.
  func connect() async throws {
    let replica = try Replica(home: home)
    self.replica = replica
    session = Task {
      defer { continuation.finish() }
      try await replica.watch(passphrase: noPassphrase) { continuation.yield(($0, .now)) }
    }
    try await settled()
  }

  /// Waits until nothing waits on either side.
  nonisolated func settled() async throws {
    for await (event, _) in events {
      switch event {
      case .upToDate: return
      case .disconnected(let reason): throw BenchmarkError(description: "disconnected: \(reason)")
      case .connected, .changed, .refused: continue
      }
    }
    throw BenchmarkError(description: "the session ended")
  }

  /// Writes a field of a record.
  ///
  /// - Returns: when it began.
  func write(_ field: FieldDefinition, _ text: String, of record: CaseRecord) throws
    -> ContinuousClock.Instant
  {
    let start = ContinuousClock.now
    var draft = RecordDraft.change(record)
    draft.write(field, text)
    try replica?.write([[draft]])
    return start
  }

  /// When the next change was there.
  nonisolated func nextArrival() async throws -> ContinuousClock.Instant {
    for await (event, time) in events {
      switch event {
      case .changed: return time
      case .disconnected(let reason): throw BenchmarkError(description: "disconnected: \(reason)")
      case .connected, .upToDate, .refused: continue
      }
    }
    throw BenchmarkError(description: "the session ended")
  }

  func close() {
    session?.cancel()
    replica?.close()
  }
}
