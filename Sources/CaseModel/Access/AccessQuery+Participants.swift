import CRDT

/// Who says who takes part. Nobody gives rights to himself, and nobody more than the person's place warrants.
extension AccessQuery {
  func participantCreateVerdict(
    _ caseID: Identifier, _ governance: CaseGovernance, _ operations: [Operation]
  ) -> AccessVerdict {
    let isCoordinator = coordinates(caseID)
    let isFirst = governance.creator == person && governance.participants.isEmpty
    guard role == .leader || isCoordinator || isFirst else {
      return .denied(lacking(in: governance))
    }
    guard let part = proposed(operations).flatMap(Participation.init), isWellFormed(part) else {
      return .denied(.malformed)
    }
    if let held = state.role(of: part.person), !held.mayTakePart(as: part.role) {
      return .denied(.roleNotHeld)
    }
    if let alias = part.alias, state.caseID(ofAlias: alias) != nil || state.governance(of: alias) != nil {
      return .denied(.aliasTaken)
    }
    if part.person == person {
      return isFirst && part.role.isStaff ? .allowed(.firstParticipant) : .denied(.selfGrant)
    }
    if ParticipationRule.allows(.leader, part.role), role == .leader { return .allowed(.leaderStep) }
    return isCoordinator && ParticipationRule.allows(.familyCoordinator, part.role)
      ? .allowed(.coordinatorParticipants) : .denied(.roleInsufficient)
  }

  /// A participation is ended, and its days are put right; all else about it is given once.
  func participantWriteVerdict(_ caseID: Identifier, _ operations: [Operation]) -> AccessVerdict {
    guard let governance = state.governance(of: caseID) else { return .denied(.noParticipation) }
    guard role == .leader || coordinates(caseID) else { return .denied(lacking(in: governance)) }
    guard let part = governance.participants[record.id] else { return .denied(.noParticipation) }
    for operation in operations {
      guard Field.Participant.decides(operation.field) else { continue }
      guard operation.field == Field.Participant.status.id,
        operation.action == .decide(.text(Participation.Status.ended))
      else { return .denied(.participationFixed) }
    }
    if role == .leader { return .allowed(.leaderStep) }
    return ParticipationRule.allows(.familyCoordinator, part.role)
      ? .allowed(.coordinatorParticipants) : .denied(.roleInsufficient)
  }

  /// Why somebody who does not govern the case may not: she has no part in it, or not that one.
  func lacking(in governance: CaseGovernance) -> AccessRule {
    state.standingParts(of: person, in: governance, at: instant).contains { $0.role != .externalReporter }
      ? .roleInsufficient : .noParticipation
  }

  /// Whether a participation says what its role needs: an external reporter's her alias, and an involved
  /// professional's the organisation that vouches for her.
  private func isWellFormed(_ part: Participation) -> Bool {
    part.isActive && ParticipationRule.roles.contains(part.role) && part.period.isPossible
      && (part.alias != nil) == (part.role == .externalReporter)
      && (part.organisation != nil || part.role != .involvedProfessional)
  }
}

extension Field.Participant {
  /// Whether a field of a participation decides what it gives, and so is not written again.
  static func decides(_ field: FieldID) -> Bool {
    all.contains { $0.id == field && $0.kind == .arbitrated }
  }
}
