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
    switch record.kind {
    case .participant: return participantCreateVerdict(caseID, governance, operations)
    case .allocation where role == .leader && !governance.allocations.isEmpty:
      return .denied(.alreadyAllocated)
    default: return contentVerdict(caseID)
    }
  }

  func caseWriteVerdict(_ caseID: Identifier, _ operations: [Operation]) -> AccessVerdict {
    guard record.kind == .participant else { return contentVerdict(caseID) }
    return participantWriteVerdict(caseID, operations)
  }

  /// Opening a case: its id must be new, as a case and as an alias.
  private func openingVerdict(_ caseID: Identifier) -> AccessVerdict {
    guard role == .leader || role == .familyCoordinator else { return .denied(.roleInsufficient) }
    if state.governance(of: caseID) != nil { return .denied(.caseExists) }
    return state.caseID(ofAlias: caseID) == nil ? .allowed(.caseOpening) : .denied(.caseExists)
  }

  /// Everything in a case that is not a participation: leaders take their steps, those who take part write
  /// the rest.
  private func contentVerdict(_ caseID: Identifier) -> AccessVerdict {
    if role == .leader, Self.leaderSteps.contains(record.kind), state.governance(of: caseID)?.isOpen == true {
      return .allowed(.leaderStep)
    }
    let takesPart = state.takesPart(person, in: caseID)
    if record.kind == .allocation || record.kind == .discharge {
      return .denied(takesPart || role == .leader ? .leaderOnly : .noParticipation)
    }
    return takesPart ? .allowed(.participant) : .denied(.noParticipation)
  }
}
