import CRDT
import CaseModel
import Storage
import WireProtocol

/// Rights that end with time, and what is withheld from somebody who takes part.
extension Simulation {
  func right(_ kind: OperationKind, _ device: DeviceNode, _ store: ReplicaStore) throws -> Draft? {
    guard device.role == .leader || device.role == .familyCoordinator,
      let caseID = try anyCase(device, store), let person = random.pick(coreTeam)
    else { return nil }
    let hasOutsiders = plan.operations.contains(.consent)
    let draft: RecordDraft
    switch kind {
    case .timedParticipant:
      // By the time that goes on, whatever the clocks show.
      let start = Self.start + now + random.within(-20_000...40_000)
      draft = CaseWork.participant(
        id: random.identifier(), in: caseID, person: person, role: .coreTeam, since: Self.day,
        from: random.chance(0.5) ? start : nil, until: start + random.within(1_000...90_000))
    case .withholding:
      let isFromOutside = hasOutsiders && random.chance(0.3)
      let person = isFromOutside ? household.professional : person
      guard let withheld = try withholding(in: caseID, from: person, store) else { return nil }
      draft = withheld
    default:
      let records = try store.records(kinds: [.withholding], caseID: caseID).sorted { $0.id < $1.id }
      guard let record = random.pick(records) else { return nil }
      draft = CaseWork.lift(withholding: record)
      if draft.operations.isEmpty { return nil }
    }
    return Draft(
      act: [draft], expectation: .either([.forbidden, .alreadyDecided, .notAvailable, .causality]))
  }

  /// The whole case, or one record of it.
  private func withholding(
    in caseID: Identifier, from person: Identifier, _ store: ReplicaStore
  ) throws -> RecordDraft? {
    let id = random.identifier()
    if random.chance(0.3) {
      return CaseWork.withhold(id: id, in: caseID, from: person, wholeCase: true)
    }
    let records = try store.records(kinds: [.note, .assessment, .goal, .contact], caseID: caseID)
    guard let record = random.pick(records.sorted { $0.id < $1.id }) else { return nil }
    return CaseWork.withhold(id: id, in: caseID, from: person, records: [record.id])
  }
}
