public import CRDT
public import CaseModel
public import WireProtocol

/// The sessions of one tenant, and how what they submit becomes groups: events in, actions out.
///
///     opened, received, closed ──▶ stage ──▶ (the shell commits the group) ──▶ committed ──▶ answer
///                                    ▲                     └─ (a signature does not fit) ──▶ rejected
///                                    └───────────────────────────────────────────────────────────┘
///
/// Nothing is answered or passed on before the shell says that a group is durable; when it is not, nothing of
/// it has happened. Connections are told in their order, so that the same events give the same actions.
public struct TenantMachine: Sendable {
  /// What the shell is to do to a connection, in this order.
  public enum Action: Sendable, Equatable {
    /// Send a message.
    case send(ConnectionNumber, WireServerMessage)
    /// The peer proved who it is: lift the limits that hold before.
    case authenticated(ConnectionNumber)
    /// End the connection once what was sent before is out.
    case close(ConnectionNumber, ErrorCode)
  }

  /// Who may connect, as committed.
  public internal(set) var directory: TenantDirectory
  /// Who may see what, as committed.
  public internal(set) var governing: GoverningState
  /// The log's last position.
  public internal(set) var position: UInt64
  /// The log's digest there.
  public internal(set) var logDigest: Digest
  /// The sessions of open connections.
  public internal(set) var sessions: [ConnectionNumber: ServerSession] = [:]

  /// The newest verified backups of this log.
  public internal(set) var backups: [BackupMark]
  /// How long a device may show what it holds without contact, in milliseconds; 0 without end. With `nil`
  /// nothing is said of it.
  public var leaseDuration: Int64?
  var subscriptions = Subscriptions()
  var connectionOfActor: [ActorID: ConnectionNumber] = [:]
  /// Where what actors kept sealed is handed over.
  var rescues: [ActorID: ConnectionNumber] = [:]
  /// The last position at which what a person may read changed; 0 for everybody else.
  var accessChangedAt: [Identifier: UInt64]
  var concerns: [Identifier: Concern] = [:]
  var clock = ClockWatch()
  /// When what a session may read may change although nobody writes anything.
  var rightsChange = SessionTimes()
  /// When a session that goes on is given another lease.
  var leasesRenew = SessionTimes()
  /// What a person began to read by the time alone before something that governs was written, as she last
  /// did: what was written may hide it.
  var regained: [Identifier: [Identifier: RegainedRecord]] = [:]
  /// When it was last looked through what persons began to read by the time alone.
  var looks: [Identifier: AccessLook] = [:]
  var submissions: [Waiting] = []
  /// The digests of attachments' bytes that came since the server was started, as committed.
  var uploadDigests: [Identifier: RunningDigest] = [:]
  private var actions: [Action] = []
  /// The rows that are to be durable before the actions are carried out.
  var rows: [DeliveredRow] = []

  /// What waits for the next group. To follow and to read write nothing; they wait for what was submitted
  /// before them.
  enum Submission {
    case write(ServerSession.Submission)
    case follow(WireFollow)
    case read(AttachmentRead)
    case readHistory(WireHistoryRequest)
    case readQuarantine(QuarantineQuestion)
    case readLogs(LogQuestion)

    /// Whether the store grows by it, and not only notes something.
    var isWork: Bool { if case .write(let submission) = self { submission.isWork } else { false } }
  }

  /// A submission and who made it.
  struct Waiting {
    let connection: ConnectionNumber
    let submission: Submission
  }

  /// A tenant as it was committed, without a connection.
  ///
  /// - Parameter accessChangedAt: for each person a position after which what she may read did not change;
  ///   0 for whom it does not name. A cursor that lies before it brings what she holds once more.
  public init(
    directory: TenantDirectory, governing: GoverningState, position: UInt64,
    logDigest: Digest, accessChangedAt: [Identifier: UInt64], backups: [BackupMark] = []
  ) {
    self.backups = backups
    self.logDigest = logDigest
    self.directory = directory
    self.governing = governing
    self.position = position
    self.accessChangedAt = accessChangedAt
  }

  /// Takes out what is to be done.
  public mutating func takeActions() -> [Action] {
    defer { actions = [] }
    return actions
  }

  /// Adds or replaces a code, as the set-up of a tenant does.
  public mutating func update(_ code: PendingCode) { directory.update(code) }

  // MARK: Events

  /// A connection was opened.
  public mutating func opened(_ id: ConnectionNumber, entropy: ServerSession.Entropy) {
    sessions[id] = ServerSession(entropy: entropy)
  }

  /// Somebody reads out a push bundle on a connection of its own, and writes down what is answered.
  public mutating func openedForBundle(_ id: ConnectionNumber, entropy: ServerSession.Entropy) {
    sessions[id] = .ofBundle(entropy: entropy)
  }

  /// A message came in. What it submits waits for `stage`.
  ///
  /// - Parameter now: milliseconds since 1970 by the server's clock.
  public mutating func received(_ message: [UInt8], on id: ConnectionNumber, at now: Int64) {
    // Taken out, so that nothing is copied.
    guard var session = sessions.removeValue(forKey: id) else { return }
    let actions = session.messageReceived(message, at: now, directory: directory)
    sessions[id] = session
    noteRescue(on: id)
    perform(actions, on: id)
  }

  /// A connection is gone.
  public mutating func closed(_ id: ConnectionNumber) {
    endRescue(on: id)
    if let actor = sessions[id]?.device?.actor, connectionOfActor[actor] == id {
      connectionOfActor[actor] = nil
    }
    subscriptions.remove(id)
    rightsChange.remove(id)
    leasesRenew.remove(id)
    sessions[id] = nil
  }

  /// A connection takes more again.
  public mutating func backlogCleared(_ id: ConnectionNumber, at now: Int64, in source: any TenantSource) {
    timePassed(at: now, in: source)
    pump([id], in: context(source, at: now))
  }

  /// Whether the connection's session delivers live and nothing waits for it: what it sends is answered with
  /// little work.
  public func isLive(_ id: ConnectionNumber) -> Bool { sessions[id]?.isCaughtUp ?? false }

  // MARK: Sessions

  func context(
    _ source: any TenantSource, at now: Int64, recent: RecentChanges = RecentChanges()
  ) -> DeliveryContext {
    DeliveryContext(
      source: source, governing: governing, tenant: directory.tenant, position: position,
      logDigest: logDigest, now: now,
      recent: recent)
  }

  mutating func perform(_ actions: [ServerSession.Action], on id: ConnectionNumber) {
    for action in actions {
      switch action {
      case .send(let message): self.actions.append(.send(id, message))
      case .note(let row): rows.append(row)
      case .submit(let submission):
        submissions.append(Waiting(connection: id, submission: .write(submission)))
      case .follow(let follow):
        submissions.append(Waiting(connection: id, submission: .follow(follow)))
      case .read(let read):
        submissions.append(Waiting(connection: id, submission: .read(read)))
      case .readHistory(let request):
        submissions.append(Waiting(connection: id, submission: .readHistory(request)))
      case .readQuarantine(let question):
        submissions.append(Waiting(connection: id, submission: .readQuarantine(question)))
      case .readLogs(let question):
        submissions.append(Waiting(connection: id, submission: .readLogs(question)))
      case .authenticated: self.actions.append(.authenticated(id))
      case .close(let code): self.actions.append(.close(id, code))
      }
    }
  }

  mutating func fail(_ id: ConnectionNumber, _ code: ErrorCode) {
    guard let actions = sessions[id]?.fail(code) else { return }
    perform(actions, on: id)
  }

  /// Sends what waits for these connections.
  mutating func pump(_ connections: Set<ConnectionNumber>, in context: DeliveryContext) {
    for id in connections.sorted() {
      guard var session = sessions.removeValue(forKey: id) else { continue }
      let actions = try? session.pump(in: context)
      sessions[id] = session
      if let actions { perform(actions, on: id) } else { fail(id, .retry) }
    }
  }
}
