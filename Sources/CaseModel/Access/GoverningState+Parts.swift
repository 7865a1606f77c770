public import CRDT

/// Who is what in a case, once the participations, the allocation and the roles in the tenant are put
/// together.
extension GoverningState {
  /// The roles in which a person takes part in a case now: those of active participations that the person's
  /// role in the tenant warrants.
  public func parts(of person: Identifier, in caseID: Identifier) -> Set<Role> {
    guard let tenantRole = role(of: person), let governance = governance(of: caseID) else { return [] }
    return Set(governance.roles(of: person).filter { tenantRole.mayTakePart(as: $0) })
  }

  /// Whether a person takes part in a case as one of the staff, and so reads and writes its records.
  public func takesPart(_ person: Identifier, in caseID: Identifier) -> Bool {
    // Asked for each change and each reader: nothing is gathered that is not needed.
    guard let tenantRole = role(of: person), let governance = governance(of: caseID) else { return false }
    return governance.participants.values.contains { part in
      part.person == person && part.isActive && part.role.isStaff && tenantRole.mayTakePart(as: part.role)
    }
  }

  /// The persons who read what external reporters send to a case, and answer it.
  ///
  /// That is the coordinator whom the case is allocated to. Where there is none who takes part and has an
  /// account, it is everybody who takes part as coordinator, and failing these the leaders who take part, so
  /// that no update waits unread.
  public func updateReaders(of caseID: Identifier) -> Set<Identifier> {
    guard let governance = governance(of: caseID) else { return [] }
    let coordinators = active(.familyCoordinator, in: governance, of: caseID)
    if let allocated = governance.allocatedCoordinator, coordinators.contains(allocated) {
      return [allocated]
    }
    return coordinators.isEmpty ? active(.leader, in: governance, of: caseID) : coordinators
  }

  /// Whether a person is the coordinator of a case: allocated to, or taking part as one while nobody is.
  public func coordinates(_ person: Identifier, _ caseID: Identifier) -> Bool {
    parts(of: person, in: caseID).contains(.familyCoordinator) && updateReaders(of: caseID).contains(person)
  }

  /// Whether an alias is a person's own: named by an active participation of hers as external reporter.
  public func owns(_ person: Identifier, alias: Identifier) -> Bool {
    guard let caseID = caseID(ofAlias: alias), let tenantRole = role(of: person),
      tenantRole.mayTakePart(as: .externalReporter), let governance = governance(of: caseID)
    else { return false }
    return governance.participants.values.contains {
      $0.isActive && $0.person == person && $0.role == .externalReporter && $0.alias == alias
    }
  }

  private func active(_ role: Role, in governance: CaseGovernance, of caseID: Identifier) -> Set<Identifier> {
    Set(
      governance.participants.values.filter { part in
        part.isActive && part.role == role && self.role(of: part.person)?.mayTakePart(as: role) == true
      }.map(\.person))
  }
}
