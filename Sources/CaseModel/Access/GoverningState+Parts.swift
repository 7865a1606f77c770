public import CRDT

/// Who is what in a case at an instant, once participations, allocation, withholdings, what organisations
/// vouch for, and the roles in the tenant are put together.
extension GoverningState {
  /// The roles in which a person takes part in a case: those of participations that stand, that the person's
  /// role in the tenant warrants, and that her organisation vouches for where it must. None when the case is
  /// withheld from her.
  public func parts(of person: Identifier, in caseID: Identifier, at instant: Int64) -> Set<Role> {
    guard let governance = governance(of: caseID) else { return [] }
    return Set(standingParts(of: person, in: governance, at: instant).map(\.role))
  }

  /// The participations of a person that count at an instant.
  func standingParts(
    of person: Identifier, in governance: CaseGovernance, at instant: Int64
  ) -> [Participation] {
    guard let tenantRole = role(of: person), let parts = governance.index.parts[person],
      !governance.isWithheld(from: person)
    else { return [] }
    return parts.filter { part in
      part.stands(at: instant) && tenantRole.mayTakePart(as: part.role)
        && (part.role != .involvedProfessional || isVouchedFor(part, at: instant))
    }
  }

  /// Whether a person takes part in a case as one of the staff, and so reads and writes its records.
  public func takesPart(_ person: Identifier, in caseID: Identifier, at instant: Int64) -> Bool {
    // Asked for each change and each reader: nothing is gathered that is not needed.
    guard let tenantRole = role(of: person), let governance = governance(of: caseID) else { return false }
    return governance.hasStaffPart(person, warrantedBy: tenantRole, at: instant)
  }

  /// The persons who read what external reporters send to a case, and answer it.
  ///
  /// That is the coordinator whom the case is allocated to. Where there is none who takes part and has an
  /// account, it is everybody who takes part as coordinator, and failing these the leaders who take part, so
  /// that no update waits unread.
  public func updateReaders(of caseID: Identifier, at instant: Int64) -> Set<Identifier> {
    guard let governance = governance(of: caseID) else { return [] }
    let coordinators = holders(of: .familyCoordinator, in: governance, at: instant)
    if let allocated = governance.allocatedCoordinator, coordinators.contains(allocated) {
      return [allocated]
    }
    return coordinators.isEmpty ? holders(of: .leader, in: governance, at: instant) : coordinators
  }

  /// Whether a person is the coordinator of a case: allocated to, or taking part as one while nobody is.
  public func coordinates(_ person: Identifier, _ caseID: Identifier, at instant: Int64) -> Bool {
    parts(of: person, in: caseID, at: instant).contains(.familyCoordinator)
      && updateReaders(of: caseID, at: instant).contains(person)
  }

  /// Whether an alias is a person's own: named by a participation of hers as external reporter that stands.
  public func owns(_ person: Identifier, alias: Identifier, at instant: Int64) -> Bool {
    guard let caseID = caseID(ofAlias: alias), let governance = governance(of: caseID) else { return false }
    return standingParts(of: person, in: governance, at: instant).contains {
      $0.role == .externalReporter && $0.alias == alias
    }
  }

  /// Everybody who takes part in a role.
  func holders(of role: Role, in governance: CaseGovernance, at instant: Int64) -> Set<Identifier> {
    let named = governance.participants.values.filter { $0.role == role && $0.stands(at: instant) }
    return Set(
      named.map(\.person).filter {
        self.role(of: $0)?.mayTakePart(as: role) == true && !governance.isWithheld(from: $0)
      })
  }
}
