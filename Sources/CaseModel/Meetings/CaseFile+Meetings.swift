public import CRDT

extension CaseFile {
  /// The meetings in the case, in order of day; those without one last.
  public var meetings: [Meeting] {
    MeetingFields.kinds.flatMap(all).compactMap(Meeting.init)
      .sorted(by: { $0.day ?? .max }, then: \.record.id)
  }

  /// Who is called to a meeting by what she is in the case (R8, R13, R21, R34, R46, R49): to an assessment
  /// the coordinator, the core team and the parents; to an analysis everybody who is involved, the parents
  /// only with them; to a follow-up the coordinator and the parents. External reporters are not.
  ///
  /// - Parameter leaders: whom the intended measure adds (R14).
  public func invitees(
    to kind: RecordKind, withParents: Bool, leaders: [Identifier] = []
  ) -> [Identifier] {
    let persons = participants.filter { member in
      switch member.part.role {
      case .externalReporter: false
      case .parent: withParents
      case .familyCoordinator: true
      case .coreTeam: kind != .followUpMeeting
      default: kind == .analysisMeeting
      }
    }.map(\.part.person)
    return Set(persons + leaders).sorted()
  }
}

extension CaseStock {
  /// The persons who decide on a matter by a limit of their own that is in force: who is to be there when a
  /// measure is intended (R14).
  public func deciders(on matter: String, at instant: Int64) -> [Identifier] {
    let limits = (register[.authorityLimit] ?? []).compactMap(AuthorityLimit.init)
    let persons = limits.filter {
      $0.matter == matter && $0.isStanding && $0.period.contains(instant)
    }.compactMap(\.person)
    return Set(persons).sorted()
  }

  /// Who decides on a matter up to an amount by the limits in force, as far as a replica holds them (R70):
  /// the persons who are named, and the roles whose holders decide unless a limit of their own says
  /// otherwise.
  ///
  /// - Parameter amount: in the smallest unit of money.
  public func deciders(
    on matter: String, amount: Int64, at instant: Int64
  ) -> (persons: [Identifier], roles: [Role]) {
    let limits = (register[.authorityLimit] ?? []).compactMap(AuthorityLimit.init).filter {
      $0.matter == matter && $0.isStanding && $0.period.contains(instant)
    }
    var persons: [Identifier: Int64] = [:]
    var roles: [Role: Int64] = [:]
    // Of several the smallest holds.
    for limit in limits {
      if let person = limit.person {
        persons[person] = min(persons[person] ?? .max, limit.amount)
      } else if let role = limit.role {
        roles[role] = min(roles[role] ?? .max, limit.amount)
      }
    }
    return (
      persons.filter { $0.value >= amount }.keys.sorted(), roles.filter { $0.value >= amount }.keys.sorted()
    )
  }

  /// Whether a person decides on a matter up to an amount, as far as a replica can tell (R70).
  ///
  /// - Parameter role: the person's role in the tenant.
  public func authority(
    of person: Identifier, as role: Role, on matter: String, amount: Int64, at instant: Int64
  ) -> AuthorityRoute {
    var state = GoverningState()
    state.setRole(role, of: person)
    for limit in register[.authorityLimit] ?? [] { state.update(with: limit) }
    return state.authority(of: person, on: matter, amount: amount, at: instant)
  }
}
