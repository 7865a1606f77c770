import CRDT
import CaseModel
import Replication
import Storage
import WebSocketTransport
import WireProtocol

/// Carries out what a tenant's machine asks for: feeds it what happens on the connections, commits its groups
/// with one sync of the disk each, and lets it answer only then.
actor TenantServer {
  /// Something to say to the transport.
  typealias Post = @Sendable ([TransportCommand]) -> Void

  private nonisolated let executor = TenantExecutor()
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  private let store: ServerStore
  private let signatures = SignatureChecker()
  private let post: Post
  private let reservedBytes: UInt64
  private let onShortage: @Sendable (Bool) -> Void
  private let onFailure: @Sendable (StorageError) -> Void
  private var machine: TenantMachine
  /// Where answers go that are for a bundle, not for a WebSocket.
  private var bundles: [ConnectionNumber: BundleAnswer] = [:]
  /// What opening the store came to.
  nonisolated let opening: OpeningReport
  /// Whether the disk is so full that no work is taken in.
  private var isShortOfSpace = false
  /// How long the last commit took.
  private var lastCommit = Duration.zero
  /// When the logs of knowing are to be signed next.
  private var signing = SigningSchedule()
  /// What waits for the time at which somebody's rights change, and that time.
  private var alarm: (task: Task<Void, Never>, at: Int64)?

  /// Opens the tenant's store.
  ///
  /// - Throws: `StorageError` when that cannot be done.
  init(
    directory path: String, ledger: String? = nil, keys: String? = nil,
    keepingFree reservedBytes: UInt64 = ServerStore.reservedBytes, leaseDays: UInt32 = 0,
    post: @escaping Post, onShortage: @escaping @Sendable (Bool) -> Void = { _ in },
    onFailure: @escaping @Sendable (StorageError) -> Void
  ) throws {
    store = try ServerStore(directory: path, ledger: ledger, keys: RecordKeyOptions(path: keys))
    try store.reserveLog()
    opening = OpeningReport(store)
    self.reservedBytes = reservedBytes
    self.post = post
    self.onShortage = onShortage
    self.onFailure = onFailure
    let (directory, governing, position, accessChangedAt) = try store.load()
    machine = TenantMachine(
      directory: directory, governing: governing, position: position, logDigest: store.logDigest,
      accessChangedAt: accessChangedAt)
    machine.leaseDuration = Int64(leaseDays) * 86_400_000
  }

  /// Processes what the inbox holds, until it is empty: what is brief here, the rest on the tenant's thread.
  nonisolated func drain(_ inbox: EventInbox) {
    let isDone = executor.runHere { assumeIsolated { $0.drainBriefly(inbox) } }
    if isDone == true { return }
    executor.run {
      self.assumeIsolated { tenant in
        while case let events = inbox.take(), !events.isEmpty { tenant.process(events) }
      }
    }
  }

  /// Processes what the inbox holds as long as it holds up the service thread for no longer than a wake-up of
  /// another would take.
  ///
  /// - Returns: whether the inbox is empty.
  private func drainBriefly(_ inbox: EventInbox) -> Bool {
    while let events = inbox.take(where: { $0.isEmpty || isBrief($0) }) {
      if events.isEmpty { return true }
      process(events)
    }
    return false
  }

  /// Whether these are a live update or two on sessions where nothing waits, and the disk is quick.
  private func isBrief(_ events: [ConnectionEvent]) -> Bool {
    var bytes = 0
    for event in events {
      // What is said of attachments is short, and its answer read from the disk.
      guard case .received(let id, let message) = event, machine.isLive(id.number),
        !AttachmentMessage.isOne(message)
      else { return false }
      bytes += message.count
    }
    return bytes <= Self.briefBytes && lastCommit <= Self.briefCommit
  }

  /// What is decoded, judged and written in a fraction of a sync of the disk.
  private static let briefBytes = 8_192
  /// A sync of a quick disk. While one takes longer, the sockets do not wait for it.
  private static let briefCommit = Duration.milliseconds(1)

  /// Takes in what happened on the connections, commits what it led to, and answers.
  private func process(_ events: [ConnectionEvent]) {
    lookForBackups()
    for event in events {
      switch event {
      case .opened(let id, _): machine.opened(id.number, entropy: SystemSource.sessionEntropy())
      case .received(let id, let message): machine.received(message, on: id.number, at: SystemSource.now)
      case .closed(let id, _): machine.closed(id.number)
      case .backlogCleared(let id): machine.backlogCleared(id.number, at: SystemSource.now, in: store)
      }
    }
    commitAndAnswer()
  }

  private func commitAndAnswer() {
    lookForSpace()
    while var staged = machine.stage(at: SystemSource.now, isShortOfSpace: isShortOfSpace, in: store) {
      // What was judged by the rights of before the group leaves before it takes some of them away.
      postActions()
      let check: SignatureCheck
      do {
        check = try commit(staged)
      } catch let rejection as Rejection {
        machine.rejected(staged, rejection.check)
        continue
      } catch {
        machine.failed(staged)
        report(error)
        continue
      }
      machine.committed(&staged, check, in: store)
      postActions()
      machine.reply(to: staged, in: store)
      // Many who wrote at once wait for their verdicts, and only then for what the others wrote.
      postActions()
      machine.deliver(staged, in: store)
      // Not after the next group, which may take a right away.
      postActions()
    }
    postActions()
    setAlarm()
  }

  /// Wakes when what somebody may read changes by the time alone.
  private func setAlarm() {
    let next = [machine.nextChange, signing.due].compactMap { $0 }.min()
    guard next != alarm?.at else { return }
    alarm?.task.cancel()
    alarm = next.map { next in
      // In pieces: the clock may be set meanwhile.
      let (rest, isFar) = next.subtractingReportingOverflow(SystemSource.now)
      let pause = isFar ? Self.alarmPause : min(max(rest, 0), Self.alarmPause)
      let task = Task { [weak self] in
        try? await Task.sleep(for: .milliseconds(pause))
        if !Task.isCancelled { await self?.timePassed() }
      }
      return (task, next)
    }
  }

  private static let alarmPause: Int64 = 60_000

  private func timePassed() {
    alarm = nil
    signLogs()
    machine.timePassed(at: SystemSource.now, in: store)
    commitAndAnswer()
  }

  /// From now on the logs of knowing are signed in time.
  nonisolated func begin() {
    executor.run {
      self.assumeIsolated { tenant in
        tenant.signing.begin(at: SystemSource.now)
        tenant.timePassed()
      }
    }
  }

  /// Signs the logs of knowing, when that is due.
  private func signLogs() {
    let now = SystemSource.now
    guard signing.takeTurn(at: now) else { return }
    do {
      try store.signLogs(at: now)
    } catch {
      report(error)
    }
  }

  /// Rows of what is about to be sent are durable before it is; or it is not sent.
  private func writeRows() {
    guard let group = machine.takeRows() else { return }
    do {
      try store.commit(group)
    } catch {
      machine.failedToNote()
      report(error)
    }
  }

  /// After a failed write or sync, what the disk has is known only to who reads it anew.
  private func report(_ error: any Error) {
    if let error = error as? StorageError, [.inputOutput, .mustReopen].contains(error.code) {
      onFailure(error)
    }
  }

  /// Looks now and then whether backups were made, which another process does.
  private func lookForBackups() {
    let now = ContinuousClock.now
    if let last = lastLook, now - last < Self.backupLook { return }
    lastLook = now
    if let marks = try? store.backupMarks() { machine.update(backups: marks) }
  }

  private var lastLook: ContinuousClock.Instant?
  private static let backupLook = Duration.seconds(30)

  private func lookForSpace() {
    let isShort = store.isShortOfSpace(keeping: reservedBytes)
    guard isShort != isShortOfSpace else { return }
    isShortOfSpace = isShort
    onShortage(isShort)
  }

  private struct Rejection: Error {
    let check: SignatureCheck
  }

  /// Makes a group durable, if its signatures fit. They are checked on another thread while the rows are
  /// written here: each is the work of some hundred rows.
  private func commit(_ staged: StagedGroup) throws -> SignatureCheck {
    let start = ContinuousClock.now
    defer { lastCommit = ContinuousClock.now - start }
    let checking = signatures.check(staged.signatures)
    func checked() throws -> SignatureCheck {
      let check = checking()
      guard check.isPassed else { throw Rejection(check: check) }
      return check
    }
    if !staged.group.isEmpty { try store.commit(staged.group) { _ = try checked() } }
    return try checked()
  }

  /// Closes the store; nothing can be served afterwards.
  func close() throws {
    alarm?.task.cancel()
    try store.close()
  }

  private func postActions() {
    writeRows()
    var actions = machine.takeActions()
    if !bundles.isEmpty { actions.removeAll(where: isForBundle) }
    let commands = actions.compactMap(Self.command)
    if !commands.isEmpty { post(commands) }
  }

  // MARK: Bundles

  /// What happens where a bundle is read out.
  enum BundleEvent: Sendable {
    case opened
    case received([UInt8])
    case closed
  }

  /// Takes a message of an answer; `nil` ends it.
  typealias BundleAnswer = @Sendable (_ message: [UInt8]?) -> Void

  /// Takes in what happens where a bundle is read out. From any thread.
  ///
  /// - Parameter answer: takes what is answered, from `opened` on; it must not wait.
  nonisolated func carry(
    _ event: BundleEvent, on id: ConnectionNumber, answer: @escaping BundleAnswer = { _ in }
  ) {
    executor.run { self.assumeIsolated { $0.process(event, on: id, answer) } }
  }

  private func process(_ event: BundleEvent, on id: ConnectionNumber, _ answer: @escaping BundleAnswer) {
    switch event {
    case .opened:
      bundles[id] = answer
      machine.openedForBundle(id, entropy: SystemSource.sessionEntropy())
    case .received(let message): machine.received(message, on: id, at: SystemSource.now)
    case .closed:
      machine.closed(id)
      bundles[id] = nil
    }
    commitAndAnswer()
  }

  /// Hands an action to where it belongs, if that is a bundle.
  private func isForBundle(_ action: TenantMachine.Action) -> Bool {
    switch action {
    case .send(let id, let message):
      guard let answer = bundles[id] else { return false }
      if let bytes: [UInt8] = try? message.serializedBytes() { answer(bytes) }
    case .authenticated(let id): return bundles[id] != nil
    case .close(let id, _):
      guard let answer = bundles[id] else { return false }
      answer(nil)
    }
    return true
  }

  private static func command(_ action: TenantMachine.Action) -> TransportCommand? {
    switch action {
    case .send(let id, let message): (try? message.serializedBytes()).map { .send(ConnectionID(id), $0) }
    case .authenticated(let id): .authenticated(ConnectionID(id))
    case .close(let id, let code): .close(ConnectionID(id), code.closeCode, code.name)
    }
  }
}

extension ConnectionID {
  fileprivate init(_ number: ConnectionNumber) { self.init(rawValue: number.rawValue) }

  fileprivate var number: ConnectionNumber { ConnectionNumber(rawValue: rawValue) }
}

extension ErrorCode {
  /// The WebSocket close code (RFC 6455 §7.4) that goes with the reason.
  fileprivate var closeCode: CloseCode {
    switch self {
    case .malformed: .invalidPayload
    case .unsupported, .unexpected: .protocolError
    case .limitExceeded: .policyViolation
    case .retry: .tryAgainLater
    default: .policyViolation
    }
  }
}
