import CRDT

/// Who says who takes part. Nobody gives rights to himself, and nobody more than the person's place warrants.
extension AccessQuery {
  func participantCreateVerdict(
    _ caseID: Identifier, _ governance: CaseGovernance, _ operations: [Operation]
  ) -> AccessVerdict {
    let isCoordinator = state.coordinates(person, caseID)
    let isFirst = governance.creator == person && governance.participants.isEmpty
    guard role == .leader || isCoordinator || isFirst else {
      return .denied(state.takesPart(person, in: caseID) ? .roleInsufficient : .noParticipation)
    }
    guard let part = Participation(creating: operations), part.isActive,
      part.role.isStaff || part.role == .externalReporter,
      (part.alias != nil) == (part.role == .externalReporter)
    else { return .denied(.malformed) }
    if let held = state.role(of: part.person), !held.mayTakePart(as: part.role) {
      return .denied(.roleNotHeld)
    }
    if let alias = part.alias, state.caseID(ofAlias: alias) != nil || state.governance(of: alias) != nil {
      return .denied(.aliasTaken)
    }
    if part.person == person {
      return isFirst && part.role.isStaff ? .allowed(.firstParticipant) : .denied(.selfGrant)
    }
    if role == .leader { return .allowed(.leaderStep) }
    let isCoordinatorsChoice = part.role == .coreTeam || part.role == .externalReporter
    return isCoordinator && isCoordinatorsChoice
      ? .allowed(.coordinatorParticipants) : .denied(.roleInsufficient)
  }

  /// A participation is ended, and its days are put right; all else about it is given once.
  func participantWriteVerdict(_ caseID: Identifier, _ operations: [Operation]) -> AccessVerdict {
    let isCoordinator = state.coordinates(person, caseID)
    guard role == .leader || isCoordinator else {
      return .denied(state.takesPart(person, in: caseID) ? .roleInsufficient : .noParticipation)
    }
    guard let part = state.governance(of: caseID)?.participants[record.id] else {
      return .denied(.noParticipation)
    }
    let fixed: Set<FieldID> = [
      Field.Participant.person.id, Field.Participant.role.id, Field.Participant.alias.id,
    ]
    for operation in operations {
      if fixed.contains(operation.field) { return .denied(.participationFixed) }
      guard operation.field == Field.Participant.status.id else { continue }
      guard operation.action == .decide(.text(Participation.Status.ended)) else {
        return .denied(.participationFixed)
      }
    }
    if role == .leader { return .allowed(.leaderStep) }
    let isCoordinatorsChoice = part.role == .coreTeam || part.role == .externalReporter
    return isCoordinatorsChoice ? .allowed(.coordinatorParticipants) : .denied(.roleInsufficient)
  }
}
