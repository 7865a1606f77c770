import CRDT
import CaseModel
import Replication
import Storage
import WebSocketTransport
import WireProtocol

/// Carries out what the sessions of one tenant ask for: gathers what they submit into groups, commits each
/// group with one sync of the disk, and only then answers and passes on.
actor TenantServer {
  /// Something to say to the transport.
  typealias Post = @Sendable ([TransportCommand]) -> Void

  private nonisolated let executor = TenantExecutor()
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  private let store: ServerStore
  private let post: Post
  private let onFailure: @Sendable (StorageError) -> Void
  private var directory: TenantDirectory
  private var governing: GoverningState
  private var position: UInt64
  private var sessions: [ConnectionID: ServerSession] = [:]
  private var subscriptions = Subscriptions<ConnectionID>()
  private var connectionOfActor: [ActorID: ConnectionID] = [:]
  /// The last position at which what a person may read changed; from the start of the process for everybody
  /// else.
  private var accessChangedAt: [Identifier: UInt64] = [:]
  private let startPosition: UInt64
  private var submissions: [(connection: ConnectionID, submission: ServerSession.Submission)] = []
  private var commands: [TransportCommand] = []

  /// Opens the tenant's store.
  ///
  /// - Throws: `StorageError` when that cannot be done.
  init(
    directory path: String, post: @escaping Post, onFailure: @escaping @Sendable (StorageError) -> Void
  ) throws {
    store = try ServerStore(directory: path)
    self.post = post
    self.onFailure = onFailure
    (directory, governing, position) = try store.load()
    startPosition = position
  }

  /// Processes what the inbox holds, until it is empty.
  nonisolated func drain(_ inbox: EventInbox) {
    executor.run {
      self.assumeIsolated { tenant in
        while case let events = inbox.take(), !events.isEmpty { tenant.process(events) }
      }
    }
  }

  /// Takes in what happened on the connections, commits what it led to, and answers.
  private func process(_ events: [ConnectionEvent]) {
    for event in events {
      switch event {
      case .opened(let id, _): sessions[id] = ServerSession(entropy: SystemSource.sessionEntropy())
      case .received(let id, let message): received(message, on: id)
      case .closed(let id, _): closed(id)
      case .backlogCleared(let id): pump([id], recent: RecentChanges())
      }
    }
    commitGroup()
    postCommands()
  }

  private func postCommands() {
    let commands = commands
    self.commands = []
    if !commands.isEmpty { post(commands) }
  }

  /// Closes the store; nothing can be served afterwards.
  func close() throws { try store.close() }

  // MARK: Messages

  private func received(_ message: [UInt8], on id: ConnectionID) {
    guard var session = sessions.removeValue(forKey: id) else { return }
    let actions = session.messageReceived(message, at: SystemSource.now, directory: directory)
    sessions[id] = session
    perform(actions, on: id)
  }

  private func startDelivery(_ follow: WireFollow, on id: ConnectionID) {
    // What was submitted before must be committed before delivery starts after it.
    commitGroup()
    guard var session = sessions[id], let account = session.device?.account else { return }
    guard let person = directory.accounts[account]?.person else { return fail(id, .unknownDevice) }
    let scopes = governing.scopes(of: person)
    subscriptions.subscribe(id, to: Set(scopes))
    do {
      let actions = try session.followReceived(
        follow, scopes: scopes, accessChangedAt: accessChangedAt[person] ?? startPosition,
        in: context())
      sessions[id] = session
      perform(actions, on: id)
    } catch {
      fail(id, .retry)
    }
  }

  private func closed(_ id: ConnectionID) {
    if let actor = sessions[id]?.device?.actor, connectionOfActor[actor] == id {
      connectionOfActor[actor] = nil
    }
    subscriptions.remove(id)
    sessions[id] = nil
  }

  private func perform(_ actions: [ServerSession.Action], on id: ConnectionID) {
    for action in actions {
      switch action {
      case .send(let message):
        guard let bytes: [UInt8] = try? message.serializedBytes() else { continue }
        commands.append(.send(id, bytes))
      case .submit(let submission): submissions.append((id, submission))
      case .follow(let follow): startDelivery(follow, on: id)
      case .authenticated: commands.append(.authenticated(id))
      case .close(let code): commands.append(.close(id, code.closeCode, code.name))
      }
    }
  }

  // MARK: Groups

  /// What came of one submission, before it is known to be durable.
  private enum Outcome {
    case opened(Device)
    case judged([EntryVerdict])
    case invited(request: UInt64, Result<PendingCode, ProtocolError>)
    case used(ActorID)
    case failed(ErrorCode)
    case nothing
  }

  private func commitGroup() {
    while !submissions.isEmpty {
      let batch = submissions
      submissions = []
      var stage = GroupStage(
        source: store, directory: directory, governing: governing.staged(), after: position,
        at: SystemSource.now)
      let outcomes = batch.map { ($0.connection, outcome(of: $0.submission, in: &stage)) }
      do {
        if !stage.group.isEmpty { try store.commit(stage.group) }
      } catch {
        // The staged state is dropped whole; nobody is told of anything but to try again.
        for (id, _) in outcomes { fail(id, .retry) }
        // After a failed write or sync, what the disk has is known only to who reads it anew.
        if let error = error as? StorageError, error.code == .inputOutput { onFailure(error) }
        continue
      }
      takeOver(stage)
      answer(outcomes, stage)
    }
  }

  private func outcome(of submission: ServerSession.Submission, in stage: inout GroupStage) -> Outcome {
    do {
      switch submission {
      case .open(let actor, let presented, let token):
        return .opened(try stage.open(actor, presenting: presented, offering: token))
      case .use(let token, let actor):
        stage.use(token, by: actor)
        return .used(actor)
      case .enrol(let enrolment): return .opened(try stage.enrol(enrolment))
      case .push(let push, let actor): return .judged(try stage.judge(push, from: actor))
      case .invite(let wish, let request, let inviter):
        do {
          return .invited(request: request, .success(try stage.invite(wish, by: inviter)))
        } catch let error as ProtocolError {
          return .invited(request: request, .failure(error))
        }
      case .confirm(let number, let holdings, let actor):
        stage.confirm(deliveries: number, holding: holdings, by: actor)
        return .nothing
      }
    } catch let error as ProtocolError {
      return .failed(error.code)
    } catch {
      return .failed(.retry)
    }
  }

  /// The group is durable: what it staged is now so.
  private func takeOver(_ stage: GroupStage) {
    for account in stage.group.accounts {
      directory.update(account)
      governing.setRole(account.role, of: account.person)
    }
    for device in stage.group.devices.values { directory.update(device) }
    for code in stage.group.codes { directory.update(code) }
    directory.removeExpiredCodes(at: stage.receivedAt)
    if !stage.affectedCases.isEmpty { governing.commit(stage.governing) }
    position = stage.group.position
    for person in stage.affectedPersons { accessChangedAt[person] = position }
  }

  private func answer(_ outcomes: [(ConnectionID, Outcome)], _ stage: GroupStage) {
    let recent = RecentChanges(stage.group)
    var concerned = route(stage)
    concerned.formUnion(widen(stage))
    // Those who wait for news come first; those who get a verdict too, after it.
    let watching = concerned.subtracting(outcomes.map(\.0))
    pump(watching, recent: recent)
    postCommands()
    concerned.subtract(watching)
    for (id, outcome) in outcomes {
      guard var session = sessions[id] else { continue }
      var actions: [ServerSession.Action] = []
      switch outcome {
      case .opened(let device):
        let aliases = directory.accounts[device.account].map { governing.ownAliases(of: $0.person) } ?? []
        actions = session.opened(device, directory: directory, aliases: aliases, at: stage.receivedAt)
      case .judged(let verdicts):
        session.groupCommitted(at: position)
        actions = session.judged(verdicts, cursor: session.cursorIfCaughtUp(in: context()))
      case .invited(let request, let result): actions = session.invited(request: request, result)
      case .used(let actor): supersede(actor, by: id)
      case .failed(let code): actions = session.fail(code)
      case .nothing: concerned.insert(id)
      }
      sessions[id] = session
      perform(actions, on: id)
    }
    pump(concerned, recent: recent)
  }

  /// Tells the sessions concerned which records moved.
  private func route(_ stage: GroupStage) -> Set<ConnectionID> {
    var concerned: Set<ConnectionID> = []
    for change in stage.group.changes {
      let id = change.change.header.record
      guard let snapshot = stage.group.records[id], let facts = snapshot.facts else { continue }
      let reference = RecordReference(
        id: id, kind: RecordKind(rawValue: facts.kind), caseID: facts.caseID,
        creator: snapshot.creator.flatMap { directory.accounts[$0]?.person })
      let isNew = stage.created.contains(id)
      for connection in subscriptions.sessions(concernedBy: reference) {
        sessions[connection]?.committed(change, on: reference, isNew: isNew)
        concerned.insert(connection)
      }
    }
    for connection in concerned { sessions[connection]?.groupCommitted(at: position) }
    return concerned
  }

  /// Where the group changed who may read a case: new scopes are entered, lost ones are no longer routed.
  private func widen(_ stage: GroupStage) -> Set<ConnectionID> {
    var concerned: Set<ConnectionID> = []
    guard !stage.affectedPersons.isEmpty else { return concerned }
    for (actor, connection) in connectionOfActor {
      guard let session = sessions[connection], session.isFollowing,
        let account = directory.devices[actor]?.account,
        let person = directory.accounts[account]?.person, stage.affectedPersons.contains(person)
      else { continue }
      let scopes = governing.scopes(of: person)
      var new = subscriptions.subscribe(connection, to: Set(scopes))
      for scope in scopes {
        if case .alias(let alias) = scope, let caseID = governing.caseID(ofAlias: alias),
          stage.affectedCases.contains(caseID)
        {
          new.insert(scope)
        }
      }
      do {
        try sessions[connection]?.scopesWidened(Array(new), in: context())
      } catch {
        fail(connection, .retry)
      }
      concerned.insert(connection)
    }
    return concerned
  }

  private func pump(_ connections: Set<ConnectionID>, recent: RecentChanges) {
    for id in connections {
      guard var session = sessions[id] else { continue }
      do {
        let actions = try session.pump(in: context(recent: recent))
        sessions[id] = session
        perform(actions, on: id)
      } catch {
        fail(id, .retry)
      }
    }
  }

  /// One live session a device: the first message of a newer one ends the older.
  private func supersede(_ actor: ActorID, by id: ConnectionID) {
    if let older = connectionOfActor[actor], older != id { fail(older, .superseded) }
    connectionOfActor[actor] = id
  }

  private func fail(_ id: ConnectionID, _ code: ErrorCode) {
    guard let actions = sessions[id]?.fail(code) else { return }
    perform(actions, on: id)
  }

  private func context(recent: RecentChanges = RecentChanges()) -> DeliveryContext {
    DeliveryContext(
      source: store, governing: governing, tenant: directory.tenant, position: position,
      now: SystemSource.now, recent: recent)
  }
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
