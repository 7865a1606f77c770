import CRDT

/// What speaks against moving a case to another tenant, and against confirming what came with one (R51).
extension AccessQuery {
  /// Whether an operation ends a grant, or withdraws a consent: what may be done also while nobody here
  /// confirmed it.
  func endsOrWithdraws(_ operation: Operation) -> Bool {
    guard case .add = operation.action, let field = record.kind.definition?.field(operation.field) else {
      return false
    }
    return field == Field.Consent.withdrawals || field.name == "ended"
  }

  /// A case is moved by two: nobody proposes and confirms in one.
  func objection(toMoving draft: CaseRecord) -> AccessRule? {
    guard let transfer = Transfer(draft), !transfer.isEnded else { return .malformed }
    return draft.identifier(Field.Transfer.confirmedBy) == nil ? nil : .selfGrant
  }

  /// Nobody confirms what he proposed himself, or for another, or what was given up.
  func objection(toConfirmingMove operation: Operation, in governance: CaseGovernance) -> AccessRule? {
    guard let transfer = governance.contents.transfers[record.id] else { return .malformed }
    guard operation.field == Field.Transfer.confirmedBy.id else { return nil }
    guard !transfer.isEnded, !transfer.isConfirmed else { return .givenOnce }
    guard operation.action == .decide(.identifier(person)) else { return .malformed }
    return record.creator == nil || record.creator == person ? .selfGrant : nil
  }

  /// What is confirmed waits in this case, says what its kind must, and gives nothing to who confirms it. A
  /// legal basis is one of this tenant's.
  func objection(toConfirming records: [Identifier], in governance: CaseGovernance) -> AccessRule? {
    var allocations = 0
    for id in records {
      guard let waiting = governance.contents.suspended[id] else { return .malformed }
      allocations += waiting.kind == .allocation ? 1 : 0
      if allocations > 1 { return .alreadyAllocated }
      if let objection = objection(toConfirming: waiting, in: governance) { return objection }
    }
    return nil
  }

  private func objection(toConfirming record: CaseRecord, in governance: CaseGovernance) -> AccessRule? {
    switch record.kind {
    case .participant: Participation(record).map { $0.person == person ? .selfGrant : nil } ?? .malformed
    case .allocation:
      record.identifier(Field.Allocation.coordinator) == person
        ? .selfGrant : governance.allocations.isEmpty ? nil : .alreadyAllocated
    case .consent: objection(toGiving: Consent(record)?.provision.recipient, in: governance)
    case .release: objection(toGiving: Release(record)?.person, in: governance)
    case .custody:
      Custody(record).map { $0.holder == person || $0.subject == person ? .selfGrant : nil } ?? .malformed
    case .ground: objection(toInvokingAnew: Ground(record), in: governance)
    // Four hours there are not four hours here.
    default: .malformed
    }
  }

  private func objection(toGiving recipient: Identifier?, in governance: CaseGovernance) -> AccessRule? {
    guard let recipient else { return .malformed }
    return isOwn(recipient, in: governance) ? .selfGrant : nil
  }

  private func objection(toInvokingAnew ground: Ground?, in governance: CaseGovernance) -> AccessRule? {
    guard let ground else { return .malformed }
    if isOwn(ground.provision.recipient, in: governance) { return .selfGrant }
    return state.basis(ground.basis)?.allows(ground, at: instant) == true ? nil : .basisDoesNotAllow
  }
}
