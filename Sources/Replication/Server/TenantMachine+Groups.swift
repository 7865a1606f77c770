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
    for (person, records) in gains.regained {
      regained[person, default: [:]].merge(records) { $0.since < $1.since ? $1 : $0 }
    }
    for person in staged.stage.affectedPersons where gains.areSeen(of: person) {
      noteLook(at: person, after: staged.stage)
    }
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
}
