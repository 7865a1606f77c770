import CRDT

/// What lies under an alias: the reporter's updates, and the receipts for them.
extension AccessQuery {
  func aliasVerdict(_ alias: Identifier, _ action: Action) -> AccessVerdict {
    let caseID = state.caseID(ofAlias: alias)
    if let caseID, let governance = state.governance(of: caseID), isWithheld(in: governance) {
      return .denied(.withheld)
    }
    let isOwner = state.owns(person, alias: alias, at: instant)
    let isCoordinator = caseID.map { state.updateReaders(of: $0, at: instant).contains(person) } ?? false
    guard isOwner || isCoordinator else { return .denied(.notAliasOwner) }
    switch (action, record.kind) {
    case (.read, _): return .allowed(isOwner ? .aliasOwner : .aliasCoordinator)
    case (.create, .externalUpdate):
      return isOwner ? .allowed(.aliasOwner) : .denied(.notAliasOwner)
    case (.write, .externalUpdate): return .denied(.appendOnly)
    case (.create, .updateReceipt), (.write, .updateReceipt):
      return isCoordinator ? .allowed(.aliasCoordinator) : .denied(.roleInsufficient)
    default: return .denied(.unknownKind)
    }
  }
}
