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
    var machine = ReplicaMachine(identity: try identity(meta, keys))
    traffic = Traffic()
    let (inputs, continuation) = AsyncStream.makeStream(of: Input.self)
    let feeders = try feed(continuation, from: client, timeout: timeout)
    wakeSession = { continuation.yield(.woken) }
    defer {
      wakeSession = nil
      continuation.finish()
      feeders.stop()
    }
    if let request { _ = try machine.invite(request, replica: store) }
    let greeting = try machine.connected(
      nonce: SystemSource.bytes(32), at: SystemSource.now, replica: store)
    guard try perform(greeting, of: &machine, on: client, report: report) else { return }
    for await input in inputs {
      let actions: [ReplicaMachine.Action]
      switch input {
      case .message(let message):
        traffic.receivedBytes += message.count
        actions = try machine.received(message, at: SystemSource.now, replica: store)
      case .woken: actions = try machine.entriesWritten(replica: store)
      case .ended(let reason): actions = try machine.connectionEnded(reason, replica: store)
      case .timedOut: actions = try machine.timedOut(replica: store)
      }
      guard try perform(actions, of: &machine, on: client, report: report) else { return }
    }
  }

  private func identity(_ meta: ReplicaMeta, _ keys: DeviceKeys) throws -> ClientIdentity {
    ClientIdentity(
      tenant: meta.tenant, tenantKey: meta.tenantKey, actor: meta.actor, signingKey: keys.signingKey,
      epoch: meta.epoch, token: meta.sessionToken, cursor: meta.cursor ?? [], deliveries: meta.deliveries,
      holdings: Transcript.holdingsDigest(try store.holdings()))
  }

  /// Carries actions out in their order, and what they lead to. An outcome is told to the machine on the
  /// spot: an update passes through here between its arrival and its being shown.
  ///
  /// - Returns: whether to go on.
  private func perform(
    _ first: [ReplicaMachine.Action], of machine: inout ReplicaMachine, on client: WebSocketClient,
    report: (SessionReport) throws -> Bool
  ) throws -> Bool {
    var actions = first
    while !actions.isEmpty {
      var next: [ReplicaMachine.Action] = []
      for action in actions {
        switch action {
        case .send(let message):
          traffic.sentBytes += message.count
          client.send(message)
        case .store(let write):
          let outcome = try store.carryOut(write)
          guard try tell(outcome, of: write, report) else { return false }
          if case .didNotFit = outcome {
            next = try machine.didNotFit(replica: store)
          } else {
            next = try machine.stored(replica: store)
          }
        case .flush:
          try store.flush()
          next = try machine.flushed(replica: store)
        case .report(let told): guard try report(SessionReport(told)) else { return false }
        case .end: return false
        }
      }
      actions = next
    }
    return true
  }

  /// Tells what a write changed of what is shown: as soon as it is here, durable or not.
  private func tell(
    _ outcome: ReplicaStore.Outcome, of write: ReplicaMachine.Write,
    _ report: (SessionReport) throws -> Bool
  ) throws -> Bool {
    switch outcome {
    case .stored:
      if case .session = write { try refreshProfile() }
      return true
    case .didNotFit: return true
    case .judged(let applied):
      guard !applied.refused.isEmpty else { return true }
      return try report(.refusedWork(try applied.refused.map { try refusedWork($0) }))
    case .delivered(let applied):
      guard !applied.records.isEmpty else { return true }
      let entered = Set(applied.records.filter { $0.value.isEnter }.keys)
      return try report(.changed(Array(applied.records.keys), entered: entered))
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
