public import CRDT

extension GoverningState {
  /// The scopes that contain all that a person may read at an instant, for routing what was accepted. They
  /// hold until something that governs is accepted, or `nextChange` comes.
  ///
  /// - Complexity: O(cases that the person has or had a part in × their participants)
  public func scopes(of person: Identifier, at instant: Int64) -> [Scope] {
    guard let role = role(of: person) else { return [] }
    var scopes: [Scope] = role.isStaff || role == .dataProtectionOfficer ? [.register] : []
    if role == .leader || role == .dataProtectionOfficer { scopes.append(.milestones) }
    for caseID in cases(of: person).sorted() {
      guard let governance = governance(of: caseID), !governance.isWithheld(from: person) else { continue }
      if readsFile(person, role, in: governance, at: instant) { scopes.append(.caseFile(caseID)) }
      scopes += aliases(of: caseID, readableBy: person, at: instant).map(Scope.alias)
    }
    return scopes
  }

  /// The case that a scope is a part of; `nil` for what lies in the register, and for the milestones of all.
  public func caseID(of scope: Scope) -> Identifier? {
    switch scope {
    case .register, .milestones: nil
    case .caseFile(let id): id
    case .alias(let alias): caseID(ofAlias: alias)
    }
  }

  /// The aliases of a case, those of participations that ended too.
  ///
  /// - Complexity: O(who takes or took part in it)
  public func aliases(of caseID: Identifier) -> Set<Identifier> {
    guard let governance = governance(of: caseID) else { return [] }
    // What came from another tenant is read, whether its sender may send more or not.
    let waiting = governance.contents.suspended.values.compactMap { Participation($0)?.alias }
    return Set(governance.participants.values.compactMap(\.alias) + waiting).filter {
      self.caseID(ofAlias: $0) == caseID
    }
  }

  /// Whether a person may be let read anything of a case's file beyond milestones. Somebody from outside the
  /// staff takes part in the scope before a ground covers anything.
  private func readsFile(
    _ person: Identifier, _ role: Role, in governance: CaseGovernance, at instant: Int64
  ) -> Bool {
    if standingParts(of: person, in: governance, at: instant).contains(where: { $0.role != .externalReporter }
    ) {
      return true
    }
    return role == .leader && governance.index.glasses[person]?.contains { $0.stands(at: instant) } == true
  }

  /// The aliases of a case under which a person reads: the own ones, and all of them for those who read its
  /// updates.
  private func aliases(
    of caseID: Identifier, readableBy person: Identifier, at instant: Int64
  ) -> [Identifier] {
    let all = aliases(of: caseID)
    if all.isEmpty { return [] }
    if updateReaders(of: caseID, at: instant).contains(person) { return all.sorted() }
    return all.filter { owns(person, alias: $0, at: instant) }.sorted()
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
