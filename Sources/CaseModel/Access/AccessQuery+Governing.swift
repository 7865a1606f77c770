import CRDT

/// Creating and changing what gives and takes access.
extension AccessQuery {
  func governedCreateVerdict(
    _ rule: GoverningRule, _ governance: CaseGovernance, _ operations: [Operation]
  ) -> AccessVerdict {
    guard let allowing = allowing(rule.creators, governance) else {
      return .denied(lacking(in: governance))
    }
    guard let draft = proposed(operations) else { return .denied(.malformed) }
    if let objection = objection(to: draft, of: operations, in: governance) { return .denied(objection) }
    return .allowed(record.kind == .breakGlass ? .breakGlass : record.kind == .ground ? .invoker : allowing)
  }

  /// - Precondition: The person may read the record.
  func governedWriteVerdict(
    _ rule: GoverningRule, _ governance: CaseGovernance, _ operations: [Operation]
  ) -> AccessVerdict {
    guard let some = allowing(rule.writings.flatMap(\.by), governance) else { return .denied(.readOnly) }
    if governance.contents.suspended[record.id] != nil, !operations.allSatisfy(endsOrWithdraws) {
      return .denied(.suspended)
    }
    if record.kind == .decision, let objection = objection(toDecidingBy: operations, in: governance) {
      return .denied(objection)
    }
    var verdict = AccessVerdict.allowed(some)
    for operation in operations {
      guard let act = GoverningRule.Act(operation), let writers = rule.writers(of: operation.field, act)
      else {
        return .denied(.givenOnce)
      }
      guard let allowing = allowing(writers, governance) else { return .denied(.roleInsufficient) }
      if let objection = objection(to: operation, by: allowing, in: governance) { return .denied(objection) }
      verdict = .allowed(allowing)
    }
    return verdict
  }

  /// The register: staff read and write what does not govern; what does has its table, and the data
  /// protection officer sees it. She sees who the persons are too: the logs of knowing name them by number.
  func registerVerdict(_ action: Action, isGoverned: Bool) -> AccessVerdict {
    if role == .dataProtectionOfficer, isGoverned || record.kind == .person, action == .read {
      return .allowed(.oversight)
    }
    guard role.isStaff else { return .denied(.roleInsufficient) }
    if record.kind == .workflow, let denied = workflowDenial(action) { return .denied(denied) }
    guard isGoverned, action != .read, let rule = GoverningRule.of(record.kind) else {
      return .allowed(.registerStaff)
    }
    switch action {
    case .read: return .allowed(.registerStaff)
    case .create(let operations):
      guard let allowing = allowing(rule.creators, nil) else { return .denied(.roleInsufficient) }
      guard let draft = proposed(operations) else { return .denied(.malformed) }
      if let objection = objection(toRegistering: draft) { return .denied(objection) }
      return .allowed(allowing)
    case .write(let operations): return registerWriteVerdict(rule, operations)
    }
  }

  /// Leaders adopt versions of a workflow, and nobody changes one that cases follow (R59).
  private func workflowDenial(_ action: Action) -> AccessRule? {
    switch action {
    case .read: nil
    case .create: role == .leader ? nil : .leaderOnly
    case .write: .appendOnly
    }
  }

  private func registerWriteVerdict(_ rule: GoverningRule, _ operations: [Operation]) -> AccessVerdict {
    guard let some = allowing(rule.writings.flatMap(\.by), nil) else { return .denied(.roleInsufficient) }
    for operation in operations {
      guard let act = GoverningRule.Act(operation), let writers = rule.writers(of: operation.field, act)
      else {
        return .denied(.givenOnce)
      }
      guard allowing(writers, nil) != nil else { return .denied(.roleInsufficient) }
      if let objection = objection(toRegistering: operation) { return .denied(objection) }
    }
    return .allowed(some)
  }

  /// The rule by which one of these writers is the person; `nil` when none is.
  private func allowing(_ writers: [GoverningRule.Writer], _ governance: CaseGovernance?) -> AccessRule? {
    for writer in writers {
      if let rule = rule(for: writer, governance) { return rule }
    }
    return nil
  }

  private func rule(for writer: GoverningRule.Writer, _ governance: CaseGovernance?) -> AccessRule? {
    guard let governance, let caseID = record.caseID else {
      switch writer {
      case .leader: return role == .leader ? .leaderTables : nil
      case .coordinator: return role == .familyCoordinator ? .coordinatorGoverning : nil
      case .staff, .parent, .creator, .grantor: return nil
      }
    }
    switch writer {
    case .leader: return role == .leader ? .leaderStep : nil
    case .coordinator: return coordinates(caseID) ? .coordinatorGoverning : nil
    case .staff: return takesPart(in: caseID) ? .participant : nil
    case .parent: return isParent(in: governance) ? .ownRecord : nil
    case .creator: return record.creator == person ? .ownRecord : nil
    case .grantor: return isParent(in: governance) && isGrantor(in: governance) ? .grantor : nil
    }
  }

  private func isParent(in governance: CaseGovernance) -> Bool {
    state.standingParts(of: person, in: governance, at: instant).contains { $0.role == .parent }
  }

  /// The record as it would stand after a first change of these operations; `nil` when they decide a field
  /// twice, or write a text, which no governed kind has.
  func proposed(_ operations: [Operation]) -> CaseRecord? {
    var decided: Set<FieldID> = []
    for operation in operations {
      switch operation.action {
      case .decide: if !decided.insert(operation.field).inserted { return nil }
      case .assign, .add: continue
      case .remove, .edit, .rank, .unknown: return nil
      }
    }
    let context = ChangeContext(
      id: ChangeID(actor: ActorID(rawValue: 0), number: 1), version: VersionVector(), author: person,
      writtenAt: instant, receivedAt: instant)
    var state = RecordState()
    state.apply(Change(context: context, operations: operations))
    return CaseRecord(
      id: record.id, kind: record.kind, caseID: record.caseID, created: instant, receivedAt: nil,
      creator: person, about: record.about, informationType: record.informationType, state: state)
  }
}
