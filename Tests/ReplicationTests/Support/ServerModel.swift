import CRDT
import CaseModel
import Replication
import WireProtocol

/// Carries out what the server's sessions ask for, as a server's shell does, on a tenant in memory. It is a
/// value: a copy goes its own way.
struct ServerModel {
  /// What the shell would do to a connection.
  enum Output: Equatable {
    case send(Int, WireServerMessage)
    case authenticated(Int)
    case close(Int, ErrorCode)
  }

  private(set) var store = TenantModel()
  private(set) var directory: TenantDirectory
  private(set) var governing = GoverningState()
  private(set) var sessions: [Int: ServerSession] = [:]
  private(set) var submissions: [(connection: Int, submission: ServerSession.Submission)] = []
  /// How many groups were committed.
  private(set) var commits = 0
  /// Milliseconds since 1970; each group gets a later one.
  var now: Int64 = 1_600_000_000_000
  /// Whether the store refuses what it is given.
  var isDiskFull = false

  private var output: [Output] = []
  private var subscriptions = Subscriptions<Int>()
  private var connectionOfActor: [ActorID: Int] = [:]
  private var accessChangedAt: [Identifier: UInt64] = [:]
  private var random: SplitMix64

  init(tenant: Tenant, seed: UInt64) {
    directory = TenantDirectory(tenant: tenant)
    random = SplitMix64(seed: seed)
  }

  /// Makes a code, as the set-up of a tenant does.
  mutating func add(_ code: PendingCode) { directory.update(code) }

  mutating func takeOutput() -> [Output] {
    defer { output = [] }
    return output
  }

  mutating func opened(_ id: Int) {
    sessions[id] = ServerSession(
      entropy: .init(
        nonce: random.bytes(32), token: random.identifier(), newDevice: random.identifier()))
  }

  mutating func closed(_ id: Int) {
    if let actor = sessions[id]?.device?.actor, connectionOfActor[actor] == id {
      connectionOfActor[actor] = nil
    }
    subscriptions.remove(id)
    sessions[id] = nil
  }

  /// Takes in a message. What it submits waits for `commit`.
  mutating func received(_ message: [UInt8], on id: Int) {
    if let actions = sessions[id]?.messageReceived(message, at: now, directory: directory) {
      perform(actions, on: id)
    }
  }

  private mutating func startDelivery(_ follow: WireFollow, on id: Int) {
    commit()
    guard var session = sessions[id], let account = session.device?.account,
      let person = directory.accounts[account]?.person
    else { return }
    let scopes = governing.scopes(of: person)
    subscriptions.subscribe(id, to: Set(scopes))
    let actions = try? session.followReceived(
      follow, scopes: scopes, accessChangedAt: accessChangedAt[person] ?? 0, in: context())
    let answer = actions ?? session.fail(.retry)
    sessions[id] = session
    perform(answer, on: id)
  }

  private mutating func perform(_ actions: [ServerSession.Action], on id: Int) {
    for action in actions {
      switch action {
      case .send(let message): output.append(.send(id, message))
      case .submit(let submission): submissions.append((id, submission))
      case .follow(let follow): startDelivery(follow, on: id)
      case .authenticated: output.append(.authenticated(id))
      case .close(let code): output.append(.close(id, code))
      }
    }
  }

  // MARK: Groups

  private enum Outcome {
    case opened(Device)
    case judged([EntryVerdict])
    case invited(request: UInt64, Result<PendingCode, ProtocolError>)
    case used(ActorID)
    case failed(ErrorCode)
    case nothing
  }

  /// Commits what was submitted, and only then answers.
  mutating func commit() {
    while !submissions.isEmpty {
      let batch = submissions
      submissions = []
      now += 1
      var stage = GroupStage(
        source: store, directory: directory, governing: governing.staged(), after: store.position, at: now)
      let outcomes = batch.map { ($0.connection, outcome(of: $0.submission, in: &stage)) }
      do {
        if isDiskFull { throw ProtocolError(.retry) }
        if !stage.group.isEmpty { try store.apply(stage.group) }
      } catch {
        for (id, _) in outcomes { fail(id, .retry) }
        continue
      }
      commits += 1
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

  private mutating func takeOver(_ stage: GroupStage) {
    for account in stage.group.accounts {
      directory.update(account)
      governing.setRole(account.role, of: account.person)
    }
    for device in stage.group.devices.values { directory.update(device) }
    for code in stage.group.codes { directory.update(code) }
    directory.removeExpiredCodes(at: stage.receivedAt)
    if !stage.affectedCases.isEmpty { governing.commit(stage.governing) }
    for person in stage.affectedPersons { accessChangedAt[person] = store.position }
  }

  private mutating func answer(_ outcomes: [(Int, Outcome)], _ stage: GroupStage) {
    var concerned = route(stage)
    concerned.formUnion(widen(stage))
    for (id, outcome) in outcomes {
      guard var session = sessions[id] else { continue }
      var actions: [ServerSession.Action] = []
      switch outcome {
      case .opened(let device):
        let aliases = directory.accounts[device.account].map { governing.ownAliases(of: $0.person) } ?? []
        actions = session.opened(device, directory: directory, aliases: aliases, at: stage.receivedAt)
      case .judged(let verdicts):
        session.groupCommitted(at: store.position)
        actions = session.judged(verdicts, cursor: session.cursorIfCaughtUp(in: context()))
      case .invited(let request, let result): actions = session.invited(request: request, result)
      case .used(let actor):
        if let older = connectionOfActor[actor], older != id { fail(older, .superseded) }
        connectionOfActor[actor] = id
      case .failed(let code): actions = session.fail(code)
      case .nothing: concerned.insert(id)
      }
      sessions[id] = session
      perform(actions, on: id)
    }
    let context = context(RecentChanges(stage.group))
    for id in concerned.sorted() {
      guard let actions = try? sessions[id]?.pump(in: context) else { continue }
      perform(actions, on: id)
    }
  }

  private mutating func route(_ stage: GroupStage) -> Set<Int> {
    var concerned: Set<Int> = []
    for change in stage.group.changes {
      let id = change.change.header.record
      guard let snapshot = stage.group.records[id], let facts = snapshot.facts else { continue }
      let reference = RecordReference(
        id: id, kind: RecordKind(rawValue: facts.kind), caseID: facts.caseID,
        creator: snapshot.creator.flatMap { directory.accounts[$0]?.person })
      for connection in subscriptions.sessions(concernedBy: reference) {
        sessions[connection]?.committed(change, on: reference, isNew: stage.created.contains(id))
        concerned.insert(connection)
      }
    }
    for connection in concerned { sessions[connection]?.groupCommitted(at: store.position) }
    return concerned
  }

  private mutating func widen(_ stage: GroupStage) -> Set<Int> {
    var concerned: Set<Int> = []
    let context = context()
    for (actor, connection) in connectionOfActor {
      guard let session = sessions[connection], session.isFollowing,
        let person = directory.devices[actor].flatMap({ directory.accounts[$0.account] })?.person,
        stage.affectedPersons.contains(person)
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
      try? sessions[connection]?.scopesWidened(Array(new), in: context)
      concerned.insert(connection)
    }
    return concerned
  }

  private mutating func fail(_ id: Int, _ code: ErrorCode) {
    guard let actions = sessions[id]?.fail(code) else { return }
    perform(actions, on: id)
  }

  private func context(_ recent: RecentChanges = RecentChanges()) -> DeliveryContext {
    DeliveryContext(
      source: store, governing: governing, tenant: directory.tenant, position: store.position, now: now,
      recent: recent)
  }
}
