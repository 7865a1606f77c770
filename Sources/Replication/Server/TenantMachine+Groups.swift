import CRDT
import CaseModel
import WireProtocol

/// Groups: what the sessions submit is judged together, written together, and answered when it is durable.
extension TenantMachine {
  /// Judges what was submitted since the last group; `nil` when nothing was. What the time has brought comes
  /// before: what is sent of it was judged by the rights of before the group, and is to leave before it is
  /// durable.
  ///
  /// - Parameters:
  ///   - now: milliseconds since 1970 by the server's clock.
  ///   - source: the log as committed.
  ///   - isShortOfSpace: whether work is to be tried again later, since the disk is nearly full. Sessions
  ///     begin and people read all the same.
  public mutating func stage(
    at now: Int64, isShortOfSpace: Bool = false, in source: any TenantSource
  ) -> StagedGroup? {
    timePassed(at: now, in: source)
    guard !submissions.isEmpty else { return nil }
    let batch = takeBatch()
    var stage = GroupStage(
      source: source, directory: directory, governing: governing.staged(), after: position,
      logDigest: logDigest, at: now)
    stage.uploadDigests = uploadDigests
    let fresh = stage
    var outcomes: [(connection: ConnectionNumber, outcome: StagedGroup.Outcome)] = []
    for (index, waiting) in batch.enumerated() {
      if isShortOfSpace, waiting.submission.isWork {
        outcomes.append((waiting.connection, .failed(.retry)))
      } else if let code = endedAccess(of: waiting.connection, in: stage) {
        outcomes.append((waiting.connection, .failed(code)))
      } else {
        let outcome = Self.outcome(of: waiting.submission, at: index, isShortOfSpace, in: &stage)
        outcomes.append((waiting.connection, outcome))
        noteReading(of: waiting, in: &stage)
      }
    }
    do {
      try stage.decideExits()
    } catch {
      // Nothing of a group may take effect without what follows from it.
      outcomes = batch.map { ($0.connection, .failed(.retry)) }
      stage = fresh
    }
    let foreseen = noteEnters(in: &stage)
    return StagedGroup(stage: stage, batch: batch, outcomes: outcomes, foreseen: foreseen)
  }

  /// The group could not be written: nothing of it has happened, and nobody is told of anything but to try
  /// again.
  public mutating func failed(_ staged: StagedGroup) {
    for (id, _) in staged.outcomes { fail(id, .retry) }
  }

  /// Signatures of the group do not fit, and it was not written: nothing of it has happened. Whose they are
  /// is told so; the rest is judged again in the next group.
  public mutating func rejected(_ staged: StagedGroup, _ check: SignatureCheck) {
    for index in check.invalid.sorted() {
      let id = staged.batch[index].connection
      perform(sessions[id]?.failedToJudge(.badSignature) ?? [], on: id)
    }
    let rest = staged.batch.enumerated().filter { !check.invalid.contains($0.offset) }.map { $0.element }
    submissions.insert(contentsOf: rest, at: 0)
  }

  /// The group is durable. It is passed on to those who wait for news and nothing else.
  ///
  /// - Parameter check: the group's, passed before it became durable.
  public mutating func committed(
    _ staged: inout StagedGroup, _ check: SignatureCheck, in source: any TenantSource
  ) {
    precondition(check.isPassed, "a group was committed whose signatures do not fit")
    let gains = gains(by: staged.stage, in: source)
    takeOver(staged.stage)
    endRevoked(staged)
    for person in gains.persons { accessChangedAt[person] = position }
    for person in staged.stage.affectedPersons {
      concerns[person] = .noted(concerns[person], at: position, by: staged.stage.receivedAt)
    }
    for (person, records) in gains.regainedAt {
      regainedAt[person, default: [:]].merge(records, uniquingKeysWith: max)
    }
    for caseID in staged.stage.affectedCases { governedAt[caseID] = staged.stage.receivedAt }
    orderExits(staged.stage)
    tell(staged.stage.group.quarantine.decided)
    var concerned = route(staged.stage, foreseen: staged.foreseen)
    if !concerned.isEmpty { staged.recent = RecentChanges(staged.stage.group, epoch: directory.tenant.epoch) }
    let context = context(source, at: staged.stage.receivedAt, recent: staged.recent)
    concerned.formUnion(widen(staged.stage, gains, in: context))
    announce(staged.stage.group.attachments.completed, in: context)
    noticeQuarantine(after: staged.stage, at: context.now)
    noticeDevices(after: staged.stage)
    let asked = Set(staged.outcomes.map(\.connection))
    pump(concerned.subtracting(asked), in: context)
    staged.concerned = concerned.intersection(asked)
  }

  /// Answers those who submitted a committed group's parts, in their order, and sends them what concerns
  /// them.
  public mutating func answer(_ staged: StagedGroup, in source: any TenantSource) {
    reply(to: staged, in: source)
    deliver(staged, in: source)
  }

  /// The first half of `answer`: verdicts, and what else somebody waits for. The shell may send these before
  /// it goes on.
  public mutating func reply(to staged: StagedGroup, in source: any TenantSource) {
    let context = context(source, at: staged.stage.receivedAt, recent: staged.recent)
    let last = staged.lastVerdicts
    for (index, (id, outcome)) in staged.outcomes.enumerated() {
      answer(id, outcome, isLastVerdict: last[id] == index, in: context)
    }
  }

  /// The second half of `answer`: what others wrote in the group, to those who wrote something as well.
  public mutating func deliver(_ staged: StagedGroup, in source: any TenantSource) {
    let context = context(source, at: staged.stage.receivedAt, recent: staged.recent)
    var concerned = staged.concerned
    for (id, outcome) in staged.outcomes {
      if case .confirmed = outcome { concerned.insert(id) }
    }
    pump(concerned, in: context)
    endOutdated(staged.stage)
  }

  /// Ends the sessions that began under what no longer holds: all of them in a new epoch and when a recovery
  /// ended, and those of
  /// devices that were waiting for their confirmation.
  private mutating func endOutdated(_ stage: GroupStage) {
    let endsAll = !stage.group.epochs.isEmpty || stage.group.endsRecovery
    guard endsAll || !stage.confirmed.isEmpty else { return }
    for (id, session) in sessions.sorted(by: { $0.key < $1.key }) {
      guard let device = session.device else { continue }
      if endsAll || stage.confirmed.contains(device.actor) { fail(id, .retry) }
    }
  }

  /// What goes into one group. A group ends with whoever begins to follow: delivery starts from what was
  /// submitted before, or a device would be sent its own work of the same moment. And it ends with a newer
  /// session of a device.
  private mutating func takeBatch() -> [Waiting] {
    let end = submissions.firstIndex(where: endsGroup).map { $0 + 1 } ?? submissions.count
    defer { submissions.removeFirst(end) }
    return Array(submissions[..<end])
  }

  private func endsGroup(_ item: Waiting) -> Bool {
    switch item.submission {
    case .follow: true
    // What an older session of the device submitted before counts, what it submits after does not.
    case .write(.open(let presented)): connectionOfActor[presented.actor] != nil
    case .write(.succeed(let succession)): connectionOfActor[succession.actor] != nil
    case .write, .read, .readHistory, .readQuarantine, .readLogs: false
    }
  }

  // MARK: Judging

  private static func outcome(
    of submission: Submission, at index: Int, _ isShortOfSpace: Bool, in stage: inout GroupStage
  ) -> StagedGroup.Outcome {
    // What was submitted in the epoch that ended here is submitted again in the new one.
    if !stage.group.epochs.isEmpty { return .failed(.retry) }
    do {
      switch submission {
      case .follow(let follow): return .follows(follow)
      case .read(let read): return .reads(read)
      case .readHistory(let request): return .readsHistory(request)
      case .readQuarantine(let question): return .readsQuarantine(question)
      case .readLogs(let question): return .readsLogs(question)
      case .write(let submission): return try outcome(of: submission, at: index, isShortOfSpace, in: &stage)
      }
    } catch let error as ProtocolError {
      return .failed(error.code)
    } catch {
      return .failed(.retry)
    }
  }

  private static func outcome(
    of submission: ServerSession.Submission, at index: Int, _ isShortOfSpace: Bool, in stage: inout GroupStage
  ) throws -> StagedGroup.Outcome {
    switch submission {
    case .open(let presented):
      if let stolen = stage.stolen(presented) { return .turnedAway(stolen) }
      return .opened(try stage.open(presented))
    case .carry(let presented):
      if let stolen = stage.stolen(presented) { return .turnedAway(stolen) }
      return .carried(try stage.carry(presented))
    case .succeed(let succession):
      if let stolen = stage.stolen(succession.predecessor) { return .turnedAway(stolen) }
      return .opened(try stage.succeed(succession))
    case .revoke(let wish, let request, let actor):
      do {
        return .revoked(request: request, .success(try stage.revoke(wish, by: actor)))
      } catch let error as ProtocolError {
        return .revoked(request: request, .failure(error))
      }
    case .listDevices(let skip, let request, let actor):
      do {
        return .listed(
          request: request, .success(try stage.directory(for: actor, request: request, skipping: skip)))
      } catch let error as ProtocolError {
        return .listed(request: request, .failure(error))
      }
    case .compare(let heads, let actor): return .compared(try stage.inventory(heads, of: actor))
    case .offer(let changes, _): return .offered(try stage.take(back: changes))
    case .confirmDevice(let digits, let owner, let request, let actor):
      do {
        try stage.confirm(digits, of: owner, by: actor)
        return .confirmedDevice(request: request, nil)
      } catch let error as ProtocolError {
        return .confirmedDevice(request: request, error)
      }
    case .endRecovery(let end, let request, let actor):
      do {
        try stage.endRecovery(end, by: actor)
        return .endedRecovery(request: request, nil)
      } catch let error as ProtocolError {
        return .endedRecovery(request: request, error)
      }
    case .refuse(let name, let reason, let request, let actor):
      do {
        try stage.refuse(name, because: reason, by: actor)
        return .refusedQuarantined(request: request, nil)
      } catch let error as ProtocolError {
        return .refusedQuarantined(request: request, error)
      }
    case .use(let token, let actor):
      stage.use(token, by: actor)
      return .used(actor)
    case .enrol(let enrolment): return .opened(try stage.enrol(enrolment))
    case .push(let push, let actor): return .judged(try stage.judge(push, from: actor, submission: index))
    case .invite(let wish, let request, let inviter):
      do {
        return .invited(request: request, .success(try stage.invite(wish, by: inviter)))
      } catch let error as ProtocolError {
        return .invited(request: request, .failure(error))
      }
    case .confirm(let number, let holdings, let actor):
      stage.confirm(deliveries: number, holding: holdings, by: actor)
      return .confirmed
    case .forgetHoldings(let actor):
      stage.forgetHoldings(of: actor)
      return .confirmed
    case .list(let records, let actor):
      stage.list(records, by: actor)
      return .confirmed
    case .receive(let receipt, let actor):
      try stage.receive(receipt, from: actor)
      return .confirmed
    case .review(let actor):
      stage.reviewed.append(actor)
      return .confirmed
    case .noteOpened(let openings, let actor):
      return .notedOpened(
        try stage.take(openings, from: actor, isShortOfSpace: isShortOfSpace))
    case .upload(let upload, let actor): return .stored(try stage.begin(upload, by: actor), ofChunk: false)
    case .chunk(let chunk, let actor): return .stored(try stage.add(chunk, by: actor), ofChunk: true)
    case .rescueBytes(let bytes, let actor):
      return .stored(try stage.take(bytes, by: actor), ofChunk: true)
    }
  }

  // MARK: Taking over

  /// The group is durable: what it staged is now so.
  private mutating func takeOver(_ stage: GroupStage) {
    for account in stage.group.accounts {
      directory.update(account)
      governing.setRole(account.standingRole, of: account.person)
    }
    for device in stage.group.devices.values { directory.update(device) }
    for code in stage.group.codes { directory.update(code) }
    takeOver(stage.group.quarantine)
    for revocation in stage.group.revocations { directory.revoke(revocation) }
    uploadDigests = stage.uploadDigests
    directory.removeExpiredCodes(at: stage.receivedAt)
    if stage.hasGoverned { governing.commit(stage.governing) }
    position = stage.group.position
    logDigest = stage.group.logDigest
    for change in stage.group.changes {
      if change.isAccepted, let origin = change.change.header.originDigest { directory.take(origin: origin) }
    }
    for epoch in stage.group.epochs { directory.begin(epoch) }
    if stage.group.endsRecovery { directory.endRecovery() }
  }

  /// Tells devices that are connected what they are to wipe. The others are told when they follow.
  private mutating func orderExits(_ stage: GroupStage) {
    let exits = Dictionary(grouping: stage.group.exits, by: \.actor)
    for (actor, exits) in exits.sorted(by: { $0.key < $1.key }) {
      guard let id = connectionOfActor[actor], var session = sessions.removeValue(forKey: id)
      else { continue }
      let actions =
        session.takesOrders
        ? session.order(
          exits: exits.map(\.held), tenant: directory.tenant, at: stage.receivedAt,
          isErased: stage.source.isErased) : []
      sessions[id] = session
      perform(actions, on: id)
    }
  }

  /// Tells the sessions concerned which records moved.
  private mutating func route(_ stage: GroupStage, foreseen: Set<Foreseen>) -> Set<ConnectionNumber> {
    var concerned: Set<ConnectionNumber> = []
    for change in stage.group.firstChanges {
      let id = change.change.header.record
      guard let snapshot = stage.group.records[id],
        let reference = snapshot.reference(person: { directory.accounts[$0]?.person })
      else { continue }
      let isNew = stage.created.contains(id)
      let entersCreator = stage.createdOverVoids.contains(id)
      for connection in subscriptions.sessions(concernedBy: reference) {
        sessions[connection]?.committed(
          change, on: reference, isNew: isNew, entersCreator: entersCreator,
          isNoted: foreseen.contains(Foreseen(connection: connection, record: id)))
        concerned.insert(connection)
      }
    }
    for connection in concerned { sessions[connection]?.groupCommitted(at: position) }
    return concerned
  }

  // MARK: Answering

  private mutating func answer(
    _ id: ConnectionNumber, _ outcome: StagedGroup.Outcome, isLastVerdict: Bool, in context: DeliveryContext
  ) {
    guard var session = sessions.removeValue(forKey: id) else { return }
    var actions: [ServerSession.Action] = []
    var superseded: ConnectionNumber?
    switch outcome {
    case .opened(let device):
      // One session a device. What the older one still says must not count: the newer one was told how far
      // the device is, and goes on from there.
      superseded = connectionOfActor.updateValue(id, forKey: device.actor)
      let aliases = ownAliases(of: device, at: context.now)
      actions = session.opened(device, directory: directory, aliases: aliases, at: context.now)
    case .carried(let device):
      let aliases = ownAliases(of: device, at: context.now)
      actions = session.carried(device, directory: directory, aliases: aliases, at: context.now)
    case .judged(let verdicts):
      session.groupCommitted(at: position)
      // Verdicts that are still to come are on changes before the cursor: whoever lost them with the
      // connection, and had it, would never be told.
      actions = session.judged(
        verdicts, cursor: isLastVerdict ? session.cursorIfCaughtUp(in: context) : nil)
      actions += tellDecided(verdicts, session, in: context)
    case .invited(let request, let result): actions = session.invited(request: request, result)
    case .used: break
    case .follows(let follow):
      actions = startDelivery(follow, &session, id, in: context)
    case .stored(let answer, let isOfChunk): actions = session.stored(answer, ofChunk: isOfChunk)
    case .reads(let read): actions = self.answer(read, &session, in: context)
    case .readsHistory(let request): actions = history(request, for: &session, in: context)
    case .readsQuarantine(let question): actions = quarantine(question, for: &session, in: context)
    case .notedOpened(let rows): actions = session.openedTaken(rows)
    case .readsLogs(let question): actions = answer(question, for: &session, in: context)
    case .refusedQuarantined(let request, let error):
      actions = session.refused(request: request, error)
    case .failed(let code): actions = session.failedToJudge(code)
    case .confirmed: break
    case .compared(let wanted): actions = session.compared(wanted)
    case .offered(let outcomes):
      session.groupCommitted(at: position)
      actions = session.offered(outcomes)
    case .confirmedDevice(let request, let error): actions = session.confirmed(request: request, error)
    case .endedRecovery(let request, let error): actions = session.endedRecovery(request: request, error)
    case .revoked(let request, let result): actions = session.revoked(request: request, result)
    case .listed(let request, let result): actions = session.listed(request: request, result)
    case .turnedAway(let device):
      guard let revocation = directory.revocations[device.id] else { break }
      actions = session.turnedAway(device, revocation, tenant: directory.tenant, at: context.now)
    }
    sessions[id] = session
    perform(actions, on: id)
    if let superseded, superseded != id {
      submissions.removeAll { $0.connection == superseded }
      fail(superseded, .superseded)
    }
  }

  private func ownAliases(of device: Device, at now: Int64) -> [Identifier] {
    // The names of cases are not told either before somebody has heard who it is.
    guard !directory.isUnknown(device) else { return [] }
    return directory.accounts[device.account].map { governing.ownAliases(of: $0.person, at: now) } ?? []
  }

  private mutating func orders(
    _ exits: [HeldRecord], to session: inout ServerSession, _ id: ConnectionNumber,
    following follow: WireFollow, in context: DeliveryContext
  ) -> [ServerSession.Action] {
    let tenant = directory.tenant
    var actions: [ServerSession.Action] = []
    if let actor = session.device?.actor,
      let watermark = watermark(of: actor, following: Array(follow.cursor))
    {
      actions = session.order(watermark, tenant: tenant, at: context.now)
    }
    if let revocation = session.revocation {
      actions += session.order(revocation, tenant: tenant, at: context.now)
    }
    actions += session.order(
      exits: exits, tenant: tenant, at: context.now, isErased: context.source.isErased)
    // Last: what is to be wiped is frozen before what is left is shown again.
    return actions + giveLease(to: &session, id, at: context.now)
  }

  private mutating func startDelivery(
    _ follow: WireFollow, _ session: inout ServerSession, _ id: ConnectionNumber, in context: DeliveryContext
  ) -> [ServerSession.Action] {
    guard let account = session.device?.account else { return [] }
    guard let person = directory.accounts[account]?.person else { return session.fail(.unknownDevice) }
    let scopes = governing.scopes(of: person, at: context.now)
    // A bundle is sent nothing that comes later.
    if !session.isBundle {
      subscriptions.subscribe(id, to: Set(scopes))
      noteNextChange(for: person, on: id, after: context.now)
    }
    do {
      let actions = try session.followReceived(
        follow, scopes: scopes, in: context
      ) { try hasGained(person, since: $0, givenAt: $1, of: scopes, in: context) }
      guard let actor = session.device?.actor, !session.isBundle else { return actions }
      // What is to be wiped comes first.
      let exits = directory.isInRecovery ? [] : try context.source.exits(of: actor)
      let orders = orders(exits, to: &session, id, following: follow, in: context)
      // What waits for her before what is delivered: a device may hang up once it is up to date.
      let devices = session.account.map { session.notice(devices: devicesWaiting(for: $0)) } ?? []
      return orders + session.notice(waiting(for: person, at: context.now)) + devices + actions
    } catch {
      return session.fail(.retry)
    }
  }
}
