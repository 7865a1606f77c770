import CRDT
import CaseModel
import Storage
import WireProtocol

/// Acts that decide who takes part, news from outside, and acts that must be refused.
extension Simulation {
  func governed(_ kind: OperationKind, _ device: DeviceNode, _ store: ReplicaStore) throws -> Draft? {
    guard device.role == .leader || device.role == .familyCoordinator,
      let caseID = try anyCase(device, store)
    else { return nil }
    let codes: Set<ErrorCode> = [.forbidden, .alreadyDecided, .notAvailable, .causality]
    let records = try store.records(caseID: caseID)
    switch kind {
    case .participant:
      guard let person = random.pick(coreTeam) else { return nil }
      let draft = CaseWork.participant(
        id: random.identifier(), in: caseID, person: person, role: .coreTeam, since: Self.day)
      return Draft(act: [draft], expectation: .either(codes))
    case .endParticipation:
      let parts = records.filter { record in
        guard let part = Participation(record), part.isActive else { return false }
        return !steadyPersons.contains(part.person)
      }.sorted { $0.id < $1.id }
      guard let record = random.pick(parts) else { return nil }
      return Draft(act: [CaseWork.end(participant: record, on: Self.day)], expectation: .either(codes))
    default:
      guard device.role == .leader, let allocation = records.first(where: { $0.kind == .allocation }),
        let coordinator = random.pick(coordinators)
      else { return nil }
      var draft = RecordDraft.change(allocation)
      draft.write(Field.Allocation.coordinator, coordinator)
      return Draft(act: [draft], expectation: .either(codes))
    }
  }

  func update(_ device: DeviceNode) -> Draft? {
    guard device.role == .externalReporter else { return nil }
    let aliases = oracle.readers.parts.values.filter { $0.person == device.person }.compactMap(\.alias)
    guard let alias = random.pick(aliases.sorted()) else { return nil }
    let id = random.identifier()
    let draft = CaseWork.externalUpdate(
      id: id, alias: alias, text: text(in: id, .externalUpdate, alias), urgency: "normal", on: Self.day)
    return Draft(
      act: [draft], expectation: steadyPersons.contains(device.person) ? .accepted : .either([.notAvailable]))
  }

  func triage(_ device: DeviceNode, _ store: ReplicaStore) throws -> Draft? {
    guard device.role == .familyCoordinator, let caseID = try anyCase(device, store) else { return nil }
    let updates = try store.records(kinds: [.externalUpdate]).sorted { $0.id < $1.id }
    guard let update = random.pick(updates) else { return nil }
    let part = oracle.readers.parts.values.first { $0.alias == update.caseID }
    guard part?.caseID == caseID else { return nil }
    let act = CaseWork.triage(
      update: update, in: caseID, outcome: "noted", on: Self.day, identify: { _ in random.identifier() })
    // The case keeps what the update said.
    for number in Canary.numbers(in: Array((update.text(Field.ExternalUpdate.text) ?? "").utf8)) {
      oracle.add(number, Canary(record: act[0].id, kind: .triage, home: caseID))
    }
    return Draft(act: act, expectation: .either([.notAvailable, .forbidden, .causality, .erased]))
  }

  /// What the person may not do, alone or in the middle of what she may.
  func forbidden(_ kind: OperationKind, _ device: DeviceNode, _ store: ReplicaStore) throws -> Draft? {
    if random.chance(0.5), let draft = try forbiddenEdit(kind, device, store) { return draft }
    guard device.role != .leader, let caseID = forbiddenCase(device) else { return nil }
    let discharge = CaseWork.discharge(
      in: caseID, children: [caseID], on: Self.day, identify: { _ in random.identifier() })
    var act = [discharge[0]]
    if kind == .forbiddenAct {
      act = [newNote(in: caseID)] + act
      // Nobody gets rights by what is refused.
      if device.role == .familyCoordinator, let person = random.pick(coreTeam) {
        act.insert(
          CaseWork.participant(
            id: random.identifier(), in: caseID, person: person, role: .coreTeam, since: Self.day), at: 0)
      }
      if let own = try anyCase(device, store) { act.insert(newNote(in: own), at: 0) }
    }
    return Draft(act: act, expectation: .refused([.forbidden, .notAvailable]))
  }

  /// Who only takes part decides nothing of who else does, though she can read it.
  private func forbiddenEdit(
    _ kind: OperationKind, _ device: DeviceNode, _ store: ReplicaStore
  ) throws -> Draft? {
    guard device.role == .coreTeam, let caseID = try anyCase(device, store) else { return nil }
    let records = try store.records(kinds: [.participant, .allocation], caseID: caseID)
    guard let record = random.pick(records.sorted { $0.id < $1.id }), let person = random.pick(coreTeam)
    else { return nil }
    var draft = RecordDraft.change(record)
    if record.kind == .allocation {
      draft.write(Field.Allocation.coordinator, person)
    } else {
      draft = CaseWork.end(participant: record, on: Self.day)
    }
    let act = kind == .forbiddenAct ? [newNote(in: caseID), draft] : [draft]
    // Of two reasons either may be told.
    return Draft(
      act: act, expectation: .refused([.forbidden, .notAvailable, .alreadyDecided, .causality]))
  }

  private func forbiddenCase(_ device: DeviceNode) -> Identifier? { random.pick(cases) }
}
