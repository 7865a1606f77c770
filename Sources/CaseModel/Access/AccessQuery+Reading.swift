import CRDT

/// Reading what lies in a case's file.
extension AccessQuery {
  func caseReadVerdict(_ caseID: Identifier, isMilestone: Bool) -> AccessVerdict {
    guard let governance = state.governance(of: caseID) else {
      return isMilestone && role == .leader ? .allowed(.leaderRegister) : .denied(.noParticipation)
    }
    // What is withheld, protected or classified anew is the exception, and asked for first.
    if isWithheld(in: governance) { return .denied(.withheld) }
    if record.kind == .protectedContact { return protectedVerdict(governance) }
    if role == .dataProtectionOfficer {
      return record.kind.governsAccess ? .allowed(.oversight) : .denied(.roleInsufficient)
    }
    let verdict =
      isOutsideAudience(in: governance)
      ? .denied(.outsideAudience) : openVerdict(governance, isMilestone: isMilestone)
    if verdict.isAllowed || role != .leader { return verdict }
    return hasBrokenGlass(in: governance) ? .allowed(.breakGlass) : verdict
  }

  /// Who reads a record that is open to all who have participation and ground.
  private func openVerdict(_ governance: CaseGovernance, isMilestone: Bool) -> AccessVerdict {
    var reason = AccessRule.noParticipation
    if governance.hasStaffPart(person, warrantedBy: role, at: instant) {
      if isMilestone || reachesTypes(in: governance) { return .allowed(.participant) }
      reason = .typeNotReached
    }
    if role == .leader, isMilestone { return .allowed(.leaderRegister) }
    guard governance.index.parts[person] != nil else { return .denied(reason) }
    let verdict = outsideReadVerdict(governance)
    return verdict.isAllowed || reason == .noParticipation ? verdict : .denied(reason)
  }

  /// Whether a staff part of the person's reaches all types of the record by the authority's own basis.
  private func reachesTypes(in governance: CaseGovernance) -> Bool {
    guard state.hasEntries || !governance.index.reclassified.isEmpty else { return true }
    return governance.index.parts[person, default: []].contains { part in
      part.role.isStaff && part.stands(at: instant) && role.mayTakePart(as: part.role)
        && reachesTypes(as: part.role, in: governance)
    }
  }

  /// Whether a role reaches all types of the record by the authority's own basis: that of its header too when
  /// it was classified anew, so that no classifying gives its author anything.
  func reachesTypes(as partRole: Role, in governance: CaseGovernance) -> Bool {
    guard state.reaches(partRole, record.informationType, at: instant) else { return false }
    let reclassified = governance.index.reclassified
    guard !reclassified.isEmpty, let classified = reclassified[record.id] else { return true }
    return classified.allSatisfy { $0.types.allSatisfy { state.reaches(partRole, $0, at: instant) } }
  }

  /// Protected contacts are closed to all but whom the audience names, and who wrote it, of those who take
  /// part. Nothing else opens them.
  private func protectedVerdict(_ governance: CaseGovernance) -> AccessVerdict {
    let parts = state.standingParts(of: person, in: governance, at: instant)
      .filter { $0.role != .externalReporter }
    if parts.isEmpty { return .denied(.noParticipation) }
    if record.creator == person { return .allowed(.ownRecord) }
    guard let audience = governance.contents.audiences[record.id] else { return .denied(.protectedContact) }
    return audience.names(person, parts.map(\.role)) ? .allowed(.audience) : .denied(.protectedContact)
  }

  private func hasBrokenGlass(in governance: CaseGovernance) -> Bool {
    governance.index.glasses[person]?.contains { $0.stands(at: instant) } == true
  }
}
