import CRDT
import CaseModel
import Storage
import WireProtocol

/// Formal decisions: prepared by whoever works in the case, issued once, within a limit that two leaders set.
extension Simulation {
  /// What is decided on.
  static let matters = ["respite", "transport"]
  private static let decisionCodes: Set<ErrorCode> = [
    .forbidden, .alreadyDecided, .notAvailable, .causality, .erased,
  ]

  /// Somebody has to do with formal decisions now.
  func decideFormally(_ device: DeviceNode) throws {
    guard device.isUp, let store = device.store else { return }
    try running(device) {
      if try store.meta().accessEnded != nil { return }
      guard let draft = try formalDecision(device, store) else { return }
      try write(draft, .formalDecision, device, store)
    }
  }

  func formalDecision(_ device: DeviceNode, _ store: ReplicaStore) throws -> Draft? {
    guard device.role.isStaff else { return nil }
    if device.role == .leader, random.chance(0.25) { return try limit(device, store) }
    let records = try store.records(kinds: [.decision]).sorted { $0.id < $1.id }
    if let record = random.pick(records), random.chance(0.8) { return try work(on: record, device, store) }
    guard let caseID = try anyCase(device, store) else { return nil }
    return prepared(in: caseID, by: device)
  }

  /// A decision with its reasons, or not yet. Nobody issues it in the same act.
  private func prepared(in caseID: Identifier, by device: DeviceNode) -> Draft {
    var decision = CaseWork.decision(
      id: random.identifier(), in: caseID, matter: random.pick(Self.matters) ?? "",
      amount: amount(), outcome: "granted")
    if random.chance(0.1) {
      decision.write(Field.Decision.issuedBy, device.person)
      return Draft(act: [decision], expectation: .refused(Self.decisionCodes))
    }
    let act = random.chance(0.8) ? withReasons(decision) : [decision]
    return Draft(act: act, expectation: .either(Self.decisionCodes))
  }

  private func amount() -> Int { random.pick([0, 500, 1_000, 1_001, 5_000, 20_000]) ?? 0 }

  private func withReasons(_ decision: RecordDraft) -> [RecordDraft] {
    let id = random.identifier()
    return CaseWork.reasons(
      id: id, for: decision, text(in: id, .decisionReasons, decision.caseID), on: Self.day)
  }

  /// Mostly it is issued, often by several who do not know of each other, and also by those who may not.
  private func work(on record: CaseRecord, _ device: DeviceNode, _ store: ReplicaStore) throws -> Draft? {
    let isIssued = record.isIssued
    var expectation = Expectation.either(Self.decisionCodes)
    if isIssued, random.chance(0.7) {
      let draft: RecordDraft
      switch random.below(3) {
      case 0: draft = CaseWork.deliver(decision: record, form: "letter", on: Self.day)
      case 1: draft = CaseWork.explain(decision: record, on: Self.day)
      default:
        draft = CaseWork.withdraw(decision: record)
        if device.role != .leader { expectation = .refused(Self.decisionCodes) }
      }
      return Draft(act: [draft], expectation: expectation)
    }
    if random.chance(isIssued ? 0.4 : 0.35) {
      // What was issued says what it says; what was issued at this device only it may yet say otherwise.
      guard random.chance(0.6) else {
        return Draft(act: withReasons(.change(record)), expectation: expectation)
      }
      var draft = RecordDraft.change(record)
      draft.write(Field.Decision.amount, amount())
      return Draft(act: [draft], expectation: expectation)
    }
    var draft = CaseWork.issue(
      decision: record, by: device.person, on: Self.day, complaintUntil: Self.day)
    if random.chance(0.1) {
      // More than what was seen, or in another's name.
      draft = RecordDraft.change(record)
      draft.write(Field.Decision.amount, 1)
      draft.write(
        Field.Decision.issuedBy,
        random.chance(0.5) ? device.person : random.pick(coordinators) ?? device.person)
      return Draft(act: [draft], expectation: .refused(Self.decisionCodes))
    }
    // The core team has no limit.
    if device.role == .coreTeam { expectation = .refused(Self.decisionCodes) }
    return Draft(act: [draft], expectation: expectation)
  }

  /// A leader sets a limit, confirms another's or her own, or ends one.
  private func limit(_ device: DeviceNode, _ store: ReplicaStore) throws -> Draft? {
    let limits = try store.records(kinds: [.authorityLimit]).sorted { $0.id < $1.id }
      .filter { !$0.hasElements(Field.AuthorityLimit.ended) }
    let draft: RecordDraft
    if let limit = random.pick(limits), random.chance(0.6) {
      if limit.identifier(Field.AuthorityLimit.confirmedBy) == nil {
        let expectation: Expectation =
          limit.creator == device.person
          ? .refused(Self.decisionCodes) : .either(Self.decisionCodes)
        return Draft(act: [CaseWork.confirm(limit, by: device.person)], expectation: expectation)
      }
      guard let end = CaseWork.end(governing: limit) else { return nil }
      draft = end
    } else {
      let isNamed = random.chance(0.3)
      draft = CaseWork.authorityLimit(
        id: random.identifier(), role: isNamed ? nil : random.pick([.leader, .familyCoordinator]),
        person: isNamed ? random.pick(coordinators) : nil, matter: random.pick(Self.matters) ?? "",
        amount: amount())
    }
    return Draft(act: [draft], expectation: .either(Self.decisionCodes))
  }

  /// The limits that every run begins with: set by one leader, confirmed by the other.
  func setLimits() throws {
    let (first, second) = (devices[0], devices[9])
    for (role, amount) in [(Role.leader, 5_000), (.familyCoordinator, 1_000)] {
      for matter in Self.matters {
        let id = random.identifier()
        try write(
          [CaseWork.authorityLimit(id: id, role: role, matter: matter, amount: amount)], at: first)
        try rest()
        guard let limit = try second.store?.record(id) else {
          throw Violation(.convergence, "the second leader does not have \(id)")
        }
        try write([CaseWork.confirm(limit, by: second.person)], at: second)
      }
    }
  }
}
