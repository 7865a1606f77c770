import CRDT
import CaseModel
import Dispatch
import Logging
import Replication
import Storage
import WebSocketTransport
import WireProtocol

extension Replica {
  /// What a running session waits for.
  private enum Input: Sendable {
    case message([UInt8])
    case woken
    case ended(String)
    case timedOut
  }

  /// Runs one session. Each report says whether to go on.
  nonisolated(nonsending) func exchange(
    _ keys: DeviceKeys, timeout: Duration?, inviting request: WireInvitationRequest? = nil,
    report: (SessionReport) throws -> Bool
  ) async throws {
    let meta = try attempt { try store.meta() }
    let logger = Logger(label: "kos", factory: { _ in SwiftLogNoOpLogHandler() })
    let loop: ServiceLoop
    let client: WebSocketClient
    do {
      loop = try ServiceLoop(logger: logger)
    } catch {
      _ = try report(.ended(error.code.rawValue))
      return
    }
    do {
      var configuration = ClientConfiguration(
        url: meta.serverURL, subprotocol: Limits.subprotocol, certificateAuthorityFile: meta.authorityFile)
      if let timeout, timeout < configuration.connectTimeout { configuration.connectTimeout = timeout }
      client = try await WebSocketClient.connect(configuration, loop: loop, logger: logger)
    } catch {
      await loop.shutdown()
      _ = try report(.ended(error.code.rawValue))
      return
    }
    do {
      try await run(meta, keys, client, timeout: timeout, inviting: request, report: report)
      await client.close()
      await loop.shutdown()
    } catch {
      await client.close()
      await loop.shutdown()
      throw ReplicaError(error)
    }
  }

  private nonisolated(nonsending) func run(
    _ meta: ReplicaMeta, _ keys: DeviceKeys, _ client: WebSocketClient, timeout: Duration?,
    inviting request: WireInvitationRequest?, report: (SessionReport) throws -> Bool
  ) async throws {
    var session = ClientSession(identity: try identity(meta, keys))
    var request = request
    traffic = Traffic()
    let (inputs, continuation) = AsyncStream.makeStream(of: Input.self)
    let feeders = try feed(continuation, from: client, timeout: timeout)
    wakeSession = { continuation.yield(.woken) }
    defer {
      wakeSession = nil
      continuation.finish()
      feeders.stop()
    }
    guard
      try perform(
        try session.connected(nonce: SystemSource.bytes(32), at: SystemSource.now, replica: store),
        on: client,
        report: report)
    else { return }
    for await input in inputs {
      var actions: [ClientSession.Action] = []
      switch input {
      case .message(let message):
        traffic.receivedBytes += message.count
        actions = try session.messageReceived(message, replica: store)
      case .woken: actions = try session.entriesWritten(replica: store)
      case .ended(let reason):
        _ = try report(.ended(reason))
        return
      case .timedOut: return
      }
      if let wish = request, actions.contains(.report(.opened)) {
        actions += try session.invite(wish)
        request = nil
      }
      guard try perform(actions, on: client, report: report) else { return }
    }
  }

  private func identity(_ meta: ReplicaMeta, _ keys: DeviceKeys) throws -> ClientIdentity {
    ClientIdentity(
      tenant: meta.tenant, tenantKey: meta.tenantKey, actor: meta.actor, signingKey: keys.signingKey,
      epoch: meta.epoch, token: meta.sessionToken, cursor: meta.cursor ?? [],
      holdings: Transcript.holdingsDigest(try store.holdings()))
  }

  /// Carries actions out in their order: what is to be stored is written before what follows is sent.
  ///
  /// - Returns: whether to go on.
  private func perform(
    _ actions: [ClientSession.Action], on client: WebSocketClient, report: (SessionReport) throws -> Bool
  ) throws -> Bool {
    // That nothing waits is stored with what was last waited for, not with a sync of the disk of its own.
    let caughtUpAt = actions.contains(.report(.upToDate)) ? SystemSource.now : nil
    for action in actions {
      switch action {
      case .send(let message):
        traffic.sentBytes += message.count
        client.send(message)
      case .store(let command): guard try carryOut(command, caughtUpAt, report) else { return false }
      case .report(.opened): guard try report(.opened) else { return false }
      case .report(.upToDate): guard try report(.upToDate) else { return false }
      case .report(.invited(_, _, let expiresAt)):
        guard try report(.invited(expiresAt: expiresAt)) else { return false }
      case .report(.refused(_, let code)): guard try report(.refused(code)) else { return false }
      case .report(.failed(let code)):
        // The cursor may be what the server cannot read. Without one it sends what this device lacks.
        if code == .malformed { try store.updateMeta { $0.cursor = nil } }
        _ = try report(.failed(code))
        return false
      case .close: return false
      }
    }
    return true
  }

  private func carryOut(
    _ command: ClientSession.StoreAction, _ caughtUpAt: Int64?, _ report: (SessionReport) throws -> Bool
  ) throws -> Bool {
    switch command {
    case .session(let token, let membership, let serverTime):
      let now = SystemSource.now
      _ = try store.updateMeta {
        $0.sessionToken = token
        $0.aliases = membership.aliases
        $0.role = Role(rawValue: membership.role)
        $0.personName = membership.personName
        $0.clockOffset = serverTime &- now
        $0.lastContact = now
      }
      try refreshProfile()
      return true
    case .verdicts(let verdicts, let cursor):
      let taken = try unlessBehind {
        try store.apply(verdicts: verdicts, cursor: cursor, caughtUpAt: caughtUpAt)
      }
      guard let applied = taken else {
        _ = try report(.ended("behind"))
        return false
      }
      guard !applied.refused.isEmpty else { return true }
      return try report(.refusedWork(try applied.refused.map { try refusedWork($0) }))
    case .delivery(let delivery):
      let taken = try unlessBehind { try store.apply(delivery: delivery, caughtUpAt: caughtUpAt) }
      guard let applied = taken else {
        _ = try report(.ended("behind"))
        return false
      }
      var goesOn = true
      if !applied.records.isEmpty {
        let entered = Set(applied.records.filter { $0.value.isEnter }.keys)
        goesOn = try report(.changed(Array(applied.records.keys), entered: entered))
      }
      // It is shown as soon as it is here. That a record entered is acknowledged, by the action that follows,
      // once the disk has it: the server notes it. Of other deliveries it notes nothing, and sends again what
      // comes after the cursor.
      if !delivery.enters.isEmpty { try store.flush() }
      return goesOn
    }
  }

  /// Stores what the server sent; `nil` when it does not fit to what is here: this device has lost something.
  /// The next session asks without a cursor, so that the server sends everything.
  private func unlessBehind<Result>(_ body: () throws -> Result) throws -> Result? {
    do {
      return try body()
    } catch let error as StorageError where [.gap, .unknownRecord, .notReady].contains(error.code) {
      try store.updateMeta { $0.cursor = nil }
      return nil
    }
  }

  /// The tasks that bring a session its inputs.
  private struct Feeders {
    let messages: Task<Void, Never>
    let clock: Task<Void, Never>?
    let wakes: any DispatchSourceRead

    func stop() {
      messages.cancel()
      clock?.cancel()
      wakes.cancel()
    }
  }

  private func feed(
    _ continuation: AsyncStream<Input>.Continuation, from client: WebSocketClient, timeout: Duration?,
    isolation: isolated (any Actor)? = #isolation
  ) throws -> Feeders {
    // On the session's own executor, so that a message wakes one thread and not two.
    let messages = Task {
      _ = isolation
      while let message = await client.nextMessage() { continuation.yield(.message(message)) }
      continuation.yield(.ended(client.closeReason.map { $0.text.isEmpty ? "closed" : $0.text } ?? "closed"))
    }
    let clock = timeout.map { timeout in
      Task {
        try? await Task.sleep(for: timeout)
        continuation.yield(.timedOut)
      }
    }
    let listener = try WakeListener(home: home)
    let wakes = DispatchSource.makeReadSource(fileDescriptor: listener.fileDescriptor)
    let home = home
    wakes.setEventHandler {
      guard listener.drain() else { return }
      guard case .terminated = continuation.yield(.woken) else { return }
      // It was meant for the session that began since; what was written before, that one reads itself.
      _ = try? Wake.notify(home: home)
    }
    // Keeps the descriptor open until the source has let go of it.
    wakes.setCancelHandler { _ = listener }
    wakes.activate()
    return Feeders(messages: messages, clock: clock, wakes: wakes)
  }
}
