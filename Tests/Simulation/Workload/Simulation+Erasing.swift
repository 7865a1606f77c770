import CRDT
import CaseModel
import Replication
import Storage
import WireProtocol

/// What two persons erase: one proposes, another confirms; and those who may not.
extension Simulation {
  func erasure(_ device: DeviceNode, _ store: ReplicaStore) throws -> Draft? {
    let isGovernor = device.role == .leader || device.role == .familyCoordinator
    guard isGovernor || random.chance(0.15), let caseID = try anyCase(device, store) else { return nil }
    let proposals = try store.records(kinds: [.erasure], caseID: caseID).sorted { $0.id < $1.id }
      .filter { $0.identifier(Field.Erasure.confirmedBy) == nil }
    // Whoever confirms it without being another leader is refused.
    let mayConfirm = device.role == .leader
    if let proposal = random.pick(proposals), random.chance(mayConfirm ? 0.8 : 0.2) {
      if random.chance(0.1), let end = CaseWork.end(governing: proposal) {
        return Draft(act: [end], expectation: .either(Self.governedCodes))
      }
      let draft = CaseWork.confirm(proposal, by: device.person)
      return Draft(
        act: [draft],
        expectation: mayConfirm ? .either(Self.governedCodes) : .refused(Self.governedCodes))
    }
    let kinds: Set<RecordKind> = [
      .note, .assessment, .goal, .contact, .attachment, .triage, .decisionReasons,
    ]
    let records = try store.records(kinds: kinds, caseID: caseID).sorted { $0.id < $1.id }
    guard !records.isEmpty else { return nil }
    var named: [Identifier] = []
    for _ in 0...random.below(3) { if let one = random.pick(records)?.id { named.append(one) } }
    // What is of another case, or of none, is left alone.
    if random.chance(0.2) { named.append(random.identifier()) }
    if random.chance(0.2) {
      named += oracle.created.sorted().filter { oracle.isContent($0, notOf: caseID) }.prefix(1)
    }
    let draft = CaseWork.erase(
      id: random.identifier(), in: caseID, records: Set(named).sorted(), ground: "kept too long")
    return Draft(
      act: [draft],
      expectation: isGovernor ? .either(Self.governedCodes) : .refused(Self.governedCodes))
  }

  /// A leader looks at what others propose, and mostly confirms it.
  func confirmErasure(_ device: DeviceNode) throws {
    guard device.isUp, let store = device.store else { return }
    try running(device) {
      let proposals = try store.records(kinds: [.erasure]).sorted { $0.id < $1.id }.filter {
        $0.identifier(Field.Erasure.confirmedBy) == nil
          && oracle.erasures.proposals[$0.id]?.author != device.person
      }
      guard let proposal = random.pick(proposals) else { return }
      let draft = CaseWork.confirm(proposal, by: device.person)
      try write(
        Draft(act: [draft], expectation: .either(Self.governedCodes)), .erasure, device, store)
    }
  }

  /// Somebody writes in a record, where she has it.
  func work(in id: Identifier, _ device: DeviceNode) throws {
    guard device.isUp, let store = device.store else { return }
    try running(device) {
      if try store.meta().accessEnded != nil { return }
      let fields: [RecordKind: FieldDefinition] = [
        .note: Field.Note.title, .goal: Field.Goal.title, .assessment: Field.Assessment.childNotes,
      ]
      guard let record = try store.record(id), let field = fields[record.kind] else { return }
      var draft = RecordDraft.change(record)
      draft.write(field, text(in: id, record.kind, record.caseID))
      try write(Draft(act: [draft], expectation: expectation(device, on: [id])), .register, device, store)
    }
  }

  /// What was proposed is brought before the leaders.
  func bringErasures(in group: CommitGroup) {
    for judged in group.changes where judged.isAccepted && judged.change.header.creates != nil {
      guard oracle.facts[judged.change.header.record]?.kind == .erasure, random.chance(0.8) else { continue }
      for device in devices where device.role == .leader {
        schedule.add(.confirmErasure(device.index), at: now + random.within(100...20_000))
      }
      // Others work in it meanwhile, connected or not.
      let named = oracle.erasures.proposals[judged.change.header.record]?.records ?? []
      for record in named.sorted() where random.chance(0.7) {
        let device = random.below(devices.count)
        schedule.add(.workIn(record, device), at: now + random.within(100...25_000))
      }
    }
  }

  private static let governedCodes: Set<ErrorCode> = [.forbidden, .alreadyDecided, .notAvailable, .causality]
}

extension Oracle {
  /// Whether a record that governs nothing lies in another case.
  func isContent(_ record: Identifier, notOf caseID: Identifier) -> Bool {
    guard let facts = facts[record], let home = facts.home else { return false }
    return home != caseID && readers.caseID(of: home) != caseID && !facts.kind.governsAccess
  }
}
