public import CRDT

extension GoverningState {
  /// The scopes that contain all that a person may read, for routing what was accepted.
  ///
  /// - Complexity: O(cases that the person has or had a part in × their participants)
  public func scopes(of person: Identifier) -> [Scope] {
    guard let role = role(of: person) else { return [] }
    var scopes: [Scope] = role.isStaff ? [.register] : []
    if role == .leader { scopes.append(.milestones) }
    for caseID in cases(of: person).sorted() {
      if takesPart(person, in: caseID) { scopes.append(.caseFile(caseID)) }
      scopes += aliases(of: caseID, readableBy: person).map(Scope.alias)
    }
    return scopes
  }

  /// The aliases of a case under which a person reads: the own ones, and all of them for those who read its
  /// updates.
  private func aliases(of caseID: Identifier, readableBy person: Identifier) -> [Identifier] {
    guard let governance = governance(of: caseID) else { return [] }
    let all = Set(governance.participants.values.compactMap(\.alias)).filter {
      self.caseID(ofAlias: $0) == caseID
    }
    if updateReaders(of: caseID).contains(person) { return all.sorted() }
    return all.filter { owns(person, alias: $0) }.sorted()
  }
}

/// The scopes that contain a record.
public func scopes(containing record: RecordReference) -> [Scope] {
  guard let definition = record.kind.definition else { return [] }
  switch (definition.home, record.caseID) {
  case (.register, nil): return [.register]
  case (.caseFile, let caseID?):
    return definition.isMilestone ? [.caseFile(caseID), .milestones] : [.caseFile(caseID)]
  case (.alias, let alias?): return [.alias(alias)]
  default: return []
  }
}
