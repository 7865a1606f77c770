import CRDT
import Replication
import Storage
import WireProtocol

/// Exchanging without a network: files that somebody carries to the server's machine, and back.
extension Replica {
  /// How long another process may still hold the session.
  private static let patience = Duration.seconds(10)

  /// Writes a bundle with all that has no verdict, and with where delivery goes on. It changes nothing here:
  /// what is in it is sent again, by bundle or by network, until a verdict comes.
  ///
  /// - Parameters:
  ///   - path: the file to make, for its owner alone; there must be none.
  ///   - onProgress: told how many acts were written, and of how many.
  /// - Throws: `ReplicaError`; then there is no file.
  public nonisolated(nonsending) func writeBundle(
    to path: String, passphrase: () throws -> String, onProgress: (Int, Int) -> Void = { _, _ in }
  ) async throws -> WrittenBundle {
    let lock = try await sessionForBundle()
    defer { lock.release() }
    let meta = try attempt { try store.meta() }
    guard let key = meta.tenantAgreementKey else { throw ReplicaError(.bundle(.noKey)) }
    let keys = try keys(passphrase)
    return try bundling {
      var push = try BundlePush(identity: try identity(meta, keys))
      let writer = try BundleWriter(path: path, sealedTo: key) {
        BundleHeader(kind: .push, tenant: meta.tenant, actor: meta.actor, encapsulatedKey: $0)
      }
      let total = try store.status().pendingEntries
      try writer.append(
        push.opening(
          header: writer.header, nonce: SystemSource.bytes(32), at: SystemSource.now, replica: store))
      while let message = try push.nextPush(store) {
        try writer.append(message)
        onProgress(push.entries, max(total, push.entries))
      }
      try append(openings: &push, to: writer)
      if let watch = logWatch(meta) { try writer.append(push.checkpoints(watch)) }
      try writer.append(push.follow())
      let fileBytes = try writer.finish()
      return WrittenBundle(
        entries: push.entries, changes: push.changes, openings: push.openings, fileBytes: fileBytes)
    }
  }

  private func append(openings push: inout BundlePush, to writer: BundleWriter) throws {
    var last: WaitingOpening?
    while true {
      let waiting = try store.waitingOpenings(after: last, limit: Limits.openedRows)
      guard let message = try push.nextOpened(waiting.map(\.opening)) else { return }
      try writer.append(message)
      last = waiting.last
    }
  }

  private func logWatch(_ meta: ReplicaMeta) -> LogWatch? {
    guard let key = try? VerifyingKey(bytes: meta.tenantKey) else { return nil }
    return LogWatch(tenant: meta.tenant, key: key, kept: meta.logs.newest)
  }

  /// Takes in the bundle that the server's machine made for this device: verdicts, states and changes.
  ///
  /// A damaged file is found before anything of it is taken in. Broken off in between, by a crash or for want
  /// of space, it can be taken again.
  ///
  /// - Parameter onProgress: told how many bytes of the file were taken in, and of how many.
  /// - Throws: `ReplicaError`.
  public nonisolated(nonsending) func takeBundle(
    from path: String, passphrase: () throws -> String, onProgress: (Int, Int) -> Void = { _, _ in }
  ) async throws -> ReceivedBundle {
    let lock = try await sessionForBundle()
    defer { lock.release() }
    let meta = try attempt { try store.meta() }
    try bundling { try Self.check(BundleReader(path: path).header, meta) }
    let keys = try keys(passphrase)
    return try bundling {
      let identity = try identity(meta, keys)
      try readThrough(path, keys)
      let reader = try BundleReader(path: path)
      try keys.open(reader)
      let intake = try BundleIntake(
        identity: identity, header: reader.encodedHeader, lastTaken: meta.lastBundle,
        logs: logWatch(meta))
      let received = try take(reader, intake, onProgress)
      try refreshProfile()
      return received
    }
  }

  /// Whether a bundle is this device's, as far as its header says.
  private static func check(_ header: BundleHeader, _ meta: ReplicaMeta) throws {
    guard header.kind == .delivery else { throw BundleError(.wrongKind) }
    guard header.tenant == meta.tenant else { throw BundleError(.otherTenant) }
    guard header.actor == meta.actor else { throw BundleError(.otherDevice) }
  }

  private func readThrough(_ path: String, _ keys: DeviceKeys) throws {
    let reader = try BundleReader(path: path)
    try keys.open(reader)
    while case let place = reader.offset, let bytes = try reader.nextMessage() {
      guard (try? WireServerMessage(checking: bytes)) != nil else { throw BundleError(.damaged, at: place) }
    }
  }

  private func take(
    _ reader: BundleReader, _ start: BundleIntake, _ onProgress: (Int, Int) -> Void
  ) throws -> ReceivedBundle {
    var intake = start
    var received = ReceivedBundle(outcome: .taken)
    var moved: Set<Identifier> = []
    var fits = true
    while let bytes = try reader.nextMessage() {
      for write in try intake.received(bytes, replica: store) where fits {
        switch try store.carryOut(write, at: now()) {
        case .stored: break
        case .judged(let applied):
          received.accepted += applied.accepted.count
          received.refused += applied.refused.count
          moved.formUnion(applied.records)
        case .delivered(let applied): moved.formUnion(applied.records.keys)
        case .didNotFit: fits = false
        }
      }
      onProgress(reader.offset, reader.fileBytes)
    }
    try intake.ended()
    try store.flush()
    received.records = moved.count
    received.outcome = fits ? ReceivedBundle.Outcome(intake.outcome) : .older
    return received
  }

  /// Keeps sessions away: a verdict that comes meanwhile would leave a gap in what is written.
  private nonisolated(nonsending) func sessionForBundle() async throws -> SessionLock {
    let end = ContinuousClock.now + Self.patience
    while ContinuousClock.now < end {
      if let lock = try attempt({ try SessionLock(home: home) }) { return lock }
      try await Task.sleep(for: .milliseconds(50))
    }
    throw ReplicaError(.bundle(.connected))
  }

  private func bundling<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as BundleError {
      throw ReplicaError(.bundle(BundleProblem(error)))
    } catch let error as ProtocolError {
      throw BundleProblem.error(error)
    } catch {
      throw ReplicaError(error)
    }
  }
}

extension ReceivedBundle.Outcome {
  init(_ outcome: BundleIntake.Outcome) {
    switch outcome {
    case .taken: self = .taken
    case .takenBefore: self = .takenBefore
    case .older: self = .older
    }
  }
}
