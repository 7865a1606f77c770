public import CRDT

/// What expires or begins with nobody writing anything.
extension GoverningState {
  /// The first instant after another at which a verdict on a record of the case may change although nothing
  /// is written; `nil` when there is none.
  ///
  /// It may come earlier than a verdict changes, and never later.
  ///
  /// - Complexity: O(what governs the case + tables of the register)
  public func nextChange(in caseID: Identifier, after instant: Int64) -> Int64? {
    let own = governance(of: caseID).flatMap { nextChange(in: $0, after: instant) }
    return Period.earliest([own, nextTableChange(after: instant)], after: instant)
  }

  /// The first instant after another at which a verdict for the person may change although nothing is
  /// written; `nil` when there is none.
  ///
  /// - Complexity: O(what governs the cases that she has or had a part in + tables of the register)
  public func nextChange(for person: Identifier, after instant: Int64) -> Int64? {
    let own = cases(of: person).map { caseID in
      governance(of: caseID).flatMap { nextChange(in: $0, after: instant) }
    }
    return Period.earliest(own + [nextTableChange(after: instant)], after: instant)
  }

  private func nextChange(in governance: CaseGovernance, after instant: Int64) -> Int64? {
    let contents = governance.contents
    var changes: [Int64?] = contents.participants.values.map { $0.period.change(after: instant) }
    changes += contents.consents.values.map { $0.provision.change(after: instant) }
    changes += contents.grounds.values.map { $0.provision.change(after: instant) }
    changes += contents.releases.values.map { $0.period.change(after: instant) }
    changes += contents.releases.values.map(\.horizon)
    changes += contents.custodies.values.map { $0.period.change(after: instant) }
    changes += contents.glasses.values.map { $0.period.change(after: instant) }
    for ground in contents.grounds.values {
      guard let basis = basis(ground.basis) else { continue }
      changes.append(ground.provision.period.limited(to: basis.lengthMax).change(after: instant))
    }
    for part in contents.participants.values where part.role == .involvedProfessional {
      changes += vouchings(for: part.person).map { $0.period.change(after: instant) }
    }
    return Period.earliest(changes, after: instant)
  }

  /// The tables of the register hold for every case.
  private func nextTableChange(after instant: Int64) -> Int64? {
    let changes =
      entries.values.map { $0.period.change(after: instant) }
      + bases.values.map { $0?.period.change(after: instant) }
    return Period.earliest(changes, after: instant)
  }
}
