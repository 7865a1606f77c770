import CRDT

/// Creating and changing what lies in a case's file.
extension AccessQuery {
  /// The steps that leaders take in every case, whether or not they take part.
  private static let leaderSteps: Set<RecordKind> = [
    .inquiry, .eligibility, .offer, .enrolment, .allocation, .participant, .discharge,
  ]

  func caseCreateVerdict(_ caseID: Identifier, _ operations: [Operation]) -> AccessVerdict {
    if record.kind == .case { return openingVerdict(caseID) }
    guard let governance = state.governance(of: caseID), governance.isOpen else {
      return .denied(role == .leader ? .unknownCase : .noParticipation)
    }
    if governance.isWithheld(from: person) { return .denied(.withheld) }
    switch record.kind {
    case .participant: return participantCreateVerdict(caseID, governance, operations)
    case .allocation where role == .leader && !governance.allocations.isEmpty:
      return .denied(.alreadyAllocated)
    default:
      if let rule = GoverningRule.of(record.kind) {
        return governedCreateVerdict(rule, governance, operations)
      }
      // What a decision was issued by is there before it is issued.
      if record.kind == .decisionReasons,
        governance.contents.decisions.values.contains(where: { $0.isIssued && $0.reasons == record.id })
      {
        return .denied(.givenOnce)
      }
      let verdict = contentVerdict(in: governance)
      return verdict.rule == .noParticipation ? outsideCreateVerdict(governance) : verdict
    }
  }

  /// Who may not read a record does not change it, and who broke the glass to read it does not either.
  func caseWriteVerdict(
    _ caseID: Identifier, _ operations: [Operation], _ definition: RecordKind.Definition
  ) -> AccessVerdict {
    let rule = GoverningRule.of(record.kind)
    let governance = state.governance(of: caseID)
    if let governance, rule != nil || mayBeClosed(in: governance) {
      let reading = caseReadVerdict(caseID, isMilestone: definition.isMilestone)
      if !reading.isAllowed { return reading }
      if reading.rule == .breakGlass { return .denied(.readOnly) }
    }
    if record.kind == .participant { return participantWriteVerdict(caseID, operations) }
    if let rule, let governance { return governedWriteVerdict(rule, governance, operations) }
    let verdict = contentVerdict(in: governance)
    if verdict.isAllowed, record.kind == .decisionReasons { return .denied(.appendOnly) }
    if verdict.isAllowed, governance?.contents.suspended[record.id] != nil { return .denied(.suspended) }
    guard verdict.rule == .noParticipation, let governance else { return verdict }
    let reading = caseReadVerdict(caseID, isMilestone: definition.isMilestone)
    return reading.isAllowed ? outsideWriteVerdict(governance) : reading
  }

  /// Whether there is anything that could close a record of the case to its staff.
  private func mayBeClosed(in governance: CaseGovernance) -> Bool {
    !governance.index.withheld.isEmpty || !governance.index.reclassified.isEmpty || state.hasEntries
  }

  /// Opening a case: its id must be new, as a case and as an alias.
  private func openingVerdict(_ caseID: Identifier) -> AccessVerdict {
    guard role == .leader || role == .familyCoordinator else { return .denied(.roleInsufficient) }
    if state.governance(of: caseID) != nil { return .denied(.caseExists) }
    return state.caseID(ofAlias: caseID) == nil ? .allowed(.caseOpening) : .denied(.caseExists)
  }

  /// Everything in a case that does not govern it, for staff: leaders take their steps, those who take part
  /// write the rest.
  private func contentVerdict(in governance: CaseGovernance?) -> AccessVerdict {
    if role == .leader, Self.leaderSteps.contains(record.kind), governance?.isOpen == true {
      return .allowed(.leaderStep)
    }
    let takesPart = governance?.hasStaffPart(person, warrantedBy: role, at: instant) == true
    if record.kind == .allocation || record.kind == .discharge {
      return .denied(takesPart || role == .leader ? .leaderOnly : .noParticipation)
    }
    return takesPart ? .allowed(.participant) : .denied(.noParticipation)
  }
}
