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
  /// When the replica held what arrived.
  private nonisolated let arrivals: AsyncStream<ContinuousClock.Instant>
  private let arrived: AsyncStream<ContinuousClock.Instant>.Continuation

  init(home: String) {
    self.home = home
    (events, continuation) = AsyncStream.makeStream()
    (arrivals, arrived) = AsyncStream.makeStream()
  }

  /// Opens the replica and a session, and waits until nothing waits on either side.
  func connect() async throws {
    let replica = try Replica(home: home)
    self.replica = replica
    session = Task {
      defer {
        continuation.finish()
        arrived.finish()
      }
      try await replica.watch(
        passphrase: noPassphrase, onArrival: { [arrived] _ in arrived.yield(.now) },
        onEvent: { continuation.yield(($0, .now)) })
    }
    try await settled()
  }

  /// Waits until nothing waits on either side.
  nonisolated func settled() async throws {
    for await (event, _) in events {
      switch event {
      case .upToDate: return
      case .disconnected(let reason): throw BenchmarkError(description: "disconnected: \(reason)")
      case .connected, .changed, .refused, .healed, .unconfirmed, .attachmentsAvailable,
        .serverRecovers, .quarantineWaiting:
        continue
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

  /// When the first change after a moment was there.
  nonisolated func nextArrival(after start: ContinuousClock.Instant) async throws -> ContinuousClock.Instant {
    for await time in arrivals where time > start { return time }
    throw BenchmarkError(description: "the session ended")
  }

  func close() {
    session?.cancel()
    replica?.close()
  }
}
