import CRDT
import Dispatch
import Replication
import Storage
import WebSocketTransport
import WireProtocol

/// One session of a replica, on the service thread of its connection: a message is taken in, stored and
/// answered where it was received. Other threads read and write the same store meanwhile.
actor Session {
  nonisolated let loop: ServiceLoop
  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  let store: ReplicaStore
  let reports: AsyncThrowingStream<SessionReport, any Error>.Continuation
  private let onArrival: (@Sendable ([Identifier]) -> Void)?
  private(set) var machine: ReplicaMachine
  var client: WebSocketClient?
  /// What goes on about attachments' bytes; `nil` when this session leaves them alone.
  var attachments: AttachmentMachine?
  /// What this session holds the logs of knowing against, once it has asked.
  var logs: LogWatch?
  /// What this session asks of them.
  var inquiry: KnowingInquiry?
  /// What this session holds against what others were shown, or reads of them all.
  var logReading: LogReading?
  /// What goes on about rows of what was opened.
  var openings = OpeningExchange()
  /// Those that wait for their answer.
  var pushedOpenings: [WaitingOpening] = []
  /// Those that are looked for in the log.
  var lookedFor: LookedFor?
  /// Nothing waits but attachments' bytes, and rows of what was opened.
  var awaitsRest = false
  var hasProgressed = false
  private(set) var isOver = false
  var traffic = Traffic()

  /// A session that is not connected yet.
  ///
  /// - Parameters:
  ///   - attachments: drives their bytes; `nil` leaves them for another session.
  ///   - reports: takes what is to be told, and ends with the session.
  ///   - onArrival: told on the service thread which records moved, as soon as the replica holds them.
  init(
    _ machine: ReplicaMachine, attachments: AttachmentMachine?, store: ReplicaStore, loop: ServiceLoop,
    reports: AsyncThrowingStream<SessionReport, any Error>.Continuation,
    onArrival: (@Sendable ([Identifier]) -> Void)?
  ) {
    self.machine = machine
    self.attachments = attachments
    self.store = store
    self.loop = loop
    self.reports = reports
    self.onArrival = onArrival
  }

  /// What is asked of the server beside the exchange.
  enum Wish: Sendable {
    /// A one-time code.
    case invitation(WireInvitationRequest)
    /// All changes of records.
    case histories([Identifier])
    /// To end the recovery of the server.
    case recoveryEnd
    /// To confirm another device.
    case confirmation(WireConfirmationRequest)
    /// What waits for this person's decision.
    case quarantine
    /// To refuse something of it.
    case refusal(QuarantineName, QuarantineReason)
    /// Something about devices and people.
    case devices(DeviceRequest)
    /// Who was sent records, and who opened them.
    case knowing([Identifier], since: Int64)
    /// Something about the logs of knowing as they were signed.
    case logs(LogReading.Wish)
  }

  // MARK: Events

  /// The connection is open.
  func begin(_ client: WebSocketClient, _ wish: Wish?) {
    self.client = client
    if case .knowing(let records, let time) = wish { inquiry = KnowingInquiry(of: records, since: time) }
    if case .logs(let wish) = wish { logReading = LogReading(wish) }
    advance {
      switch wish {
      case .invitation(let request): _ = try $0.invite(request, replica: store)
      case .histories(let records): _ = try $0.readHistories(of: records, replica: store)
      case .confirmation(let request): _ = try $0.confirm(request, replica: store)
      case .recoveryEnd: _ = try $0.endRecovery(at: SystemSource.now, replica: store)
      case .quarantine: _ = try $0.readQuarantine(replica: store)
      case .refusal(let name, let reason): _ = try $0.refuse(name, because: reason, replica: store)
      case .devices(let request): _ = try $0.ask(request, replica: store)
      case .knowing, .logs: break
      case nil: break
      }
      return try $0.connected(nonce: SystemSource.bytes(32), at: SystemSource.now, replica: store)
    }
  }

  /// Something happened on the connection. On the service thread.
  nonisolated func take(_ event: ClientEvent) { assumeIsolated { $0.process(event) } }

  /// This process is writing an entry, which may still fail. From any thread.
  nonisolated func begun(_ entry: LinkedEntry) {
    loop.post {
      self.assumeIsolated { session in
        guard !session.isOver else { return }
        do { try session.machine.entryBegun(entry) } catch { session.end(error) }
      }
    }
  }

  /// Somebody wrote to the replica. From any thread.
  ///
  /// - Parameter ifOver: called when this session can send it no more.
  nonisolated func written(_ entries: [LinkedEntry] = [], ifOver: @escaping @Sendable () -> Void = {}) {
    let isPosted = loop.post {
      self.assumeIsolated { session in
        if session.isOver { return ifOver() }
        session.advance { try $0.entriesWritten(entries, replica: session.store) }
        // This process' own bytes follow when their record is accepted; another may want some fetched.
        if entries.isEmpty {
          session.pushOpenings()
          session.advanceAttachments { try $0.changed(replica: session.store) }
        }
      }
    }
    if !isPosted { ifOver() }
  }

  /// Some seconds have passed.
  func tick() {
    advance { try $0.tick(replica: store) }
    advanceAttachments { $0.tick() }
    let isSearchOver = lookedFor?.search.tick() ?? false
    let isReadingOver = logReading?.tick() ?? false
    if openings.tick() || isSearchOver || isReadingOver { giveUp("no_progress") }
  }

  /// The time that whoever asked wanted to wait is over.
  func timedOut() { advance { try $0.timedOut(replica: store) } }

  /// Nobody wants to hear of it any more.
  func stop() { end(nil) }

  private func process(_ event: ClientEvent) {
    switch event {
    case .received(let message):
      traffic.receivedBytes += message.count
      openings.heard()
      lookedFor?.search.heard()
      logReading?.heard()
      if AttachmentMessage.isOne(message) { return receivedAboutAttachments(message) }
      if LogMessage.isOne(message) { return receivedAboutLogs(message) }
      advance { try $0.received(message, at: SystemSource.now, replica: store) }
    case .closed(let reason):
      let word = reason.text.isEmpty ? "closed" : reason.text
      advance { try $0.connectionEnded(word, replica: store) }
    }
  }

  // MARK: Actions

  private func advance(_ event: (inout ReplicaMachine) throws -> [ReplicaMachine.Action]) {
    guard !isOver else { return }
    do {
      var actions = try event(&machine)
      while !actions.isEmpty, !isOver { actions = try perform(actions) }
    } catch {
      end(error)
    }
  }

  /// Carries actions out in their order.
  ///
  /// - Returns: what the last of them led to. An outcome is told to the machine on the spot: an update passes
  ///   through here between its arrival and its being shown.
  private func perform(_ actions: [ReplicaMachine.Action]) throws -> [ReplicaMachine.Action] {
    var next: [ReplicaMachine.Action] = []
    for action in actions {
      switch action {
      case .send(let message):
        traffic.sentBytes += message.count
        client?.send(message)
      case .store(let write):
        let outcome = try store.carryOut(write)
        try tell(outcome, of: write)
        if case .didNotFit = outcome {
          next = try machine.didNotFit(replica: store)
        } else {
          next = try machine.stored(replica: store)
        }
      case .flush:
        try store.flush()
        next = try machine.flushed(replica: store)
      case .report(.upToDate) where try store.mayAwait && store.reissueAwaiting(at: SystemSource.now):
        // What waited stands by what came: so it is not over yet.
        next += try machine.entriesWritten(replica: store)
      case .report(let report): tell(report)
      case .end: end(nil)
      }
    }
    return next
  }

  private func tell(_ report: ReplicaMachine.Report) {
    switch report {
    case .opened:
      reports.yield(.opened)
      askAboutLogs()
      openings.opened()
      pushOpenings()
      advanceAttachments { try $0.opened(replica: store) }
    case .upToDate:
      pushOpenings()
      advanceAttachments { try $0.changed(replica: store) }
      if isRestIdle { reports.yield(.upToDate) } else { awaitsRest = true }
    default: reports.yield(SessionReport(report))
    }
  }

  /// Whether nothing goes on beside the changes.
  private var isRestIdle: Bool {
    openings.isIdle && lookedFor?.search.isIdle ?? true && attachments?.isIdle ?? true
  }

  /// What went on beside the changes may have come to its end.
  func tellIfUpToDate() {
    guard awaitsRest, isRestIdle, !isOver else { return }
    awaitsRest = false
    // What was written meanwhile and has no verdict reports it again.
    if machine.isUpToDate { reports.yield(.upToDate) }
  }

  /// Tells what a write changed of what is shown: as soon as it is here, durable or not.
  private func tell(_ outcome: ReplicaStore.Outcome, of write: ReplicaMachine.Write) throws {
    switch outcome {
    case .stored: if case .session = write { reports.yield(.profileChanged) }
    case .didNotFit: break
    case .judged(let applied):
      guard !applied.refused.isEmpty else { return }
      reports.yield(.refusedWork(try applied.refused.compactMap { try RefusedWork($0, in: store) }))
    case .delivered(let applied):
      guard !applied.records.isEmpty else { return }
      let records = Array(applied.records.keys)
      onArrival?(records)
      reports.yield(.changed(records, entered: Set(applied.records.filter { $0.value.isEnter }.keys)))
    }
  }

  /// The server broke the protocol beside the exchange of changes, or says nothing.
  func giveUp(_ reason: String) {
    guard !isOver else { return }
    reports.yield(.ended(reason))
    end(nil)
  }

  func end(_ error: (any Error)?) {
    guard !isOver else { return }
    isOver = true
    if let error { reports.finish(throwing: error) } else { reports.finish() }
  }
}
