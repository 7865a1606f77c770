import CRDT
import CaseModel
import WireProtocol

/// What waits for persons' decisions: who is asked, and who is told.
extension TenantMachine {
  func quarantine(
    _ question: QuarantineQuestion, for session: inout ServerSession, in context: DeliveryContext
  ) -> [ServerSession.Action] {
    guard let person = session.account?.person, let device = session.device else { return [] }
    do {
      switch question {
      case .entries(let request): return [try page(request, for: person, in: context)]
      case .decisions(let names):
        let decisions = try names.map { try decision(on: $0, askedBy: device, in: context.source) }
        return session.tell(ofInquiry: decisions)
      }
    } catch {
      return session.fail(.retry)
    }
  }

  /// As much of what waits for a person as one message aims at, at least one entry.
  private func page(
    _ request: WireQuarantineRequest, for person: Identifier, in context: DeliveryContext
  ) throws -> ServerSession.Action {
    let waiting = decidable(by: person, at: context.now)
    let rest = request.hasAfter ? waiting.drop { $0.name <= QuarantineName(request.after) } : waiting[...]
    var page = WireQuarantine()
    page.request = request.request
    page.complete = true
    var bytes = 0
    for entry in rest {
      guard bytes == 0 || bytes + entry.byteCount <= Limits.batchBytes else {
        page.complete = false
        break
      }
      guard let changes = try context.source.quarantinedChanges(entry.name) else { continue }
      page.entries.append(message(entry, changes))
      bytes += entry.byteCount
    }
    return .send(.with { $0.quarantine = page })
  }

  private func message(_ entry: QuarantinedEntry, _ changes: [OfferedChange]) -> WireQuarantinedEntry {
    .with {
      $0.name = entry.name.message
      $0.receivedAt = entry.receivedAt
      $0.code = entry.code.rawValue
      $0.account = .init(entry.account.bytes)
      $0.authorName = directory.accounts[entry.account]?.personName ?? ""
      $0.deviceName = directory.devices[entry.name.actor]?.name ?? ""
      $0.changes = changes.map(\.message)
    }
  }

  /// Nobody is told of another device's entries.
  private func decision(
    on name: QuarantineName, askedBy device: Device, in source: any TenantSource
  ) throws -> QuarantineDecision {
    let unknown = QuarantineDecision(name: name, outcome: .unknown, decidedAt: 0)
    guard directory.devices[name.actor]?.id == device.id else { return unknown }
    if directory.quarantine.entries[name] != nil {
      return QuarantineDecision(name: name, outcome: .waiting, decidedAt: 0)
    }
    return try source.quarantineDecision(name) ?? unknown
  }

  /// What waited, and was decided before its author heard that it waits: she did not ask about it, and was
  /// not told.
  func tellDecided(
    _ verdicts: [EntryVerdict], _ session: ServerSession, in context: DeliveryContext
  ) -> [ServerSession.Action] {
    guard let actor = session.device?.actor, verdicts.contains(where: \.isQuarantined) else { return [] }
    let names = verdicts.filter(\.isQuarantined).map { QuarantineName(actor: actor, entry: $0.entry) }
    do {
      let decided = try names.compactMap { name in
        directory.quarantine.entries[name] == nil ? try context.source.quarantineDecision(name) : nil
      }
      return decided.isEmpty ? [] : session.tell(ofInquiry: decided)
    } catch {
      // She asks when she opens the next session.
      return []
    }
  }

  private func decidable(by person: Identifier, at instant: Int64) -> [QuarantinedEntry] {
    directory.quarantine.decidable(by: person, at: instant, in: governing) {
      directory.accounts[$0]?.person
    }
  }

  /// How many entries wait for a person.
  func waiting(for person: Identifier, at instant: Int64) -> Int {
    directory.quarantine.isEmpty ? 0 : decidable(by: person, at: instant).count
  }

  mutating func takeOver(_ writes: QuarantineWrites) {
    for added in writes.added { directory.update(added.entry) }
    for decision in writes.decided { directory.settle(decision.name) }
  }

  /// Tells devices that are connected what became of their entries. The others ask.
  mutating func tell(_ decided: [QuarantineDecision]) {
    let byDevice = Dictionary(grouping: decided) { directory.devices[$0.name.actor]?.id }
    guard !byDevice.isEmpty else { return }
    for (_, id) in connectionOfActor.sorted(by: { $0.key < $1.key }) {
      guard let session = sessions[id], let device = session.device, let own = byDevice[device.id]
      else { continue }
      perform(session.tell(own), on: id)
    }
  }

  /// Tells those who decide how much waits for them, when the group changed what waits or who decides.
  mutating func noticeQuarantine(after stage: GroupStage, at instant: Int64) {
    let writes = stage.group.quarantine
    let mayDiffer =
      !writes.added.isEmpty || !writes.decided.isEmpty
      || !stage.affectedPersons.isEmpty && !directory.quarantine.isEmpty
    guard mayDiffer else { return }
    for (_, id) in connectionOfActor.sorted(by: { $0.key < $1.key }) {
      guard var session = sessions.removeValue(forKey: id) else { continue }
      let actions =
        session.account.map { session.notice(waiting(for: $0.person, at: instant)) } ?? []
      sessions[id] = session
      perform(actions, on: id)
    }
  }
}

extension ServerSession {
  /// The answer to an inquiry, whatever else the session may be sent.
  func tell(ofInquiry decisions: [QuarantineDecision]) -> [Action] {
    guard case .open = state, !isBundle else { return [] }
    return [.send(.with { $0.quarantineDecisions = .with { $0.decisions = decisions.map(\.message) } })]
  }
}
