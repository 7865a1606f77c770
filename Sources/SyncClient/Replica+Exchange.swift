import CRDT
import CaseModel
import Dispatch
import Logging
import Replication
import Storage
import WebSocketTransport
import WireProtocol

extension Replica {
  /// Runs one session, and keeps why it failed. Each report says whether to go on.
  ///
  /// - Parameters:
  ///   - timeout: how long it may take; with attachments, how long without any of their bytes.
  ///   - attachments: whether their bytes are exchanged too.
  ///   - onArrival: told on the session's thread which records moved, before their report.
  nonisolated(nonsending) func exchange(
    _ keys: DeviceKeys, timeout: Duration?, attachments: Bool = false, wish: Session.Wish? = nil,
    onArrival: (@Sendable ([Identifier]) -> Void)? = nil, report: (SessionReport) throws -> Bool
  ) async throws {
    try await attemptExchange(
      keys, timeout: timeout, attachments: attachments, wish: wish, onArrival: onArrival
    ) { told in
      switch told {
      case .failed(let code): try note(failure: code.name)
      case .serverRecovers: try note(failure: ErrorCode.inRecovery.name)
      case .ended(let reason): try note(failure: reason)
      default: break
      }
      return try report(told)
    }
  }

  private func note(failure reason: String) throws {
    _ = try attempt { try store.updateMeta { $0.lastFailure = ExchangeFailure(reason: reason, at: now()) } }
  }

  private nonisolated(nonsending) func attemptExchange(
    _ keys: DeviceKeys, timeout: Duration?, attachments: Bool, wish: Session.Wish?,
    onArrival: (@Sendable ([Identifier]) -> Void)?, report: (SessionReport) throws -> Bool
  ) async throws {
    _ = try attempt { try store.reissueAwaiting(at: now()) }
    let meta = try attempt { try store.meta() }
    traffic = Traffic()
    let logger = Logger(label: "kos", factory: { _ in SwiftLogNoOpLogHandler() })
    let loop: ServiceLoop
    do {
      loop = try ServiceLoop(logger: logger)
    } catch {
      _ = try report(.ended(error.code.rawValue))
      return
    }
    let (reports, continuation) = AsyncThrowingStream.makeStream(of: SessionReport.self)
    let session = Session(
      ReplicaMachine(identity: try identity(meta, keys)),
      attachments: attachments ? AttachmentMachine() : nil, store: store, loop: loop, reports: continuation,
      onArrival: onArrival)
    let client: WebSocketClient
    do {
      var configuration = ClientConfiguration(
        url: meta.serverURL, subprotocol: Limits.subprotocol, certificateAuthorityFile: meta.authorityFile)
      if let timeout, timeout < configuration.connectTimeout { configuration.connectTimeout = timeout }
      client = try await WebSocketClient.connect(
        configuration, loop: loop, logger: logger, onEvent: { session.take($0) })
    } catch {
      await loop.shutdown()
      _ = try report(.ended(error.code.rawValue))
      return
    }
    let outcome: Result<Void, any Error>
    do {
      outcome = .success(
        try await run(session, client, timeout: timeout, wish: wish, reports, report: report))
    } catch {
      outcome = .failure(error)
    }
    await session.stop()
    traffic = await session.traffic
    await client.close()
    await loop.shutdown()
    try attempt { try outcome.get() }
  }

  /// Begins the session and passes on what it tells, until its end or until whoever listens has heard enough.
  private nonisolated(nonsending) func run(
    _ session: Session, _ client: WebSocketClient, timeout: Duration?,
    wish: Session.Wish?, _ reports: AsyncThrowingStream<SessionReport, any Error>,
    report: (SessionReport) throws -> Bool
  ) async throws {
    let wakes = try listen(for: session)
    let clock = timeout.map { timeout in
      Task {
        // What gets on is not cut off, however long it takes.
        repeat { try await Task.sleep(for: timeout) } while await session.takeProgress()
        await session.timedOut()
      }
    }
    let ticks = Task { [tick] in
      while true {
        try await Task.sleep(for: tick)
        await session.tick()
      }
    }
    self.session = session
    defer {
      self.session = nil
      ticks.cancel()
      clock?.cancel()
      wakes.cancel()
    }
    await session.begin(client, wish)
    for try await told in reports {
      if case .profileChanged = told { try refreshProfile() }
      guard try report(told) else { return }
    }
  }

  func identity(_ meta: ReplicaMeta, _ keys: DeviceKeys) throws -> ClientIdentity {
    // The store asks for no more than the actor: the keys stay with whoever has the passphrase.
    store.successor = { salt in
      (try? keys.signingKey(salt: salt)).map { Transcript.actor(of: $0.publicKey) }
    }
    return ClientIdentity(
      tenant: meta.tenant, tenantKey: meta.tenantKey, actor: meta.actor,
      signingKey: try keys.signingKey(salt: meta.actorSalt),
      epoch: meta.epoch, token: meta.sessionToken, cursor: meta.cursor ?? [],
      deliveries: meta.deliveries, wipes: meta.wipes,
      holdings: Transcript.holdingsDigest(try store.holdings()),
      successor: try meta.successorSalt.map { try keys.signingKey(salt: $0) }, isHealing: meta.isHealing,
      isUnproved: meta.isUnproved, isConfirmed: meta.isConfirmed, lineage: meta.lineage)
  }

  /// Tells the session what other processes write.
  private func listen(for session: Session) throws -> any DispatchSourceRead {
    let listener = try WakeListener(home: home)
    let wakes = DispatchSource.makeReadSource(fileDescriptor: listener.fileDescriptor)
    let home = home
    wakes.setEventHandler {
      guard listener.drain() else { return }
      // It was meant for the session that began since; what was written before, that one reads itself.
      session.written(ifOver: { _ = try? Wake.notify(home: home) })
    }
    // Keeps the descriptor open until the source has let go of it.
    wakes.setCancelHandler { _ = listener }
    wakes.activate()
    return wakes
  }
}
