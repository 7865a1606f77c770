import CRDT
import WireProtocol

/// What those who submitted something are answered, once it is durable.
extension TenantMachine {
  mutating func answer(
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
