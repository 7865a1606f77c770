public import CRDT

/// Who decides on what is in quarantine.
extension GoverningState {
  /// How long an entry waits for those who decide for the case before leaders may decide as well, in
  /// milliseconds.
  public static let quarantinePatience: Int64 = 30 * 86_400_000

  /// Whether a person decides on an entry that waits: for each of its records she coordinates the case and
  /// may read the record that it would enter; where nobody does, and after 30 days, a leader from whom
  /// nothing of it is withheld. Nobody decides on her own work.
  ///
  /// - Parameters:
  ///   - references: the records that it would enter, those that it would create as well.
  ///   - author: the person who wrote it.
  ///   - receivedAt: since when it waits for them, in milliseconds since 1970.
  ///   - instant: now, in milliseconds since 1970.
  public func mayDecide(
    _ person: Identifier, on references: [RecordReference], by author: Identifier,
    waitingSince receivedAt: Int64, at instant: Int64
  ) -> Bool {
    guard person != author, !references.isEmpty else { return false }
    let isLate = instant >= receivedAt.addingReportingOverflow(Self.quarantinePatience).partialValue
    return references.allSatisfy { reference in
      if decides(person, on: reference, at: instant) { return true }
      guard role(of: person) == .leader, !isKept(reference, from: person, at: instant) else { return false }
      return isLate || !hasDecider(on: reference, besides: author, at: instant)
    }
  }

  private func decides(_ person: Identifier, on reference: RecordReference, at instant: Int64) -> Bool {
    guard let caseID = caseID(of: reference), coordinates(person, caseID, at: instant) else { return false }
    return may(person, .read, reference, at: instant, in: self).isAllowed
  }

  private func hasDecider(
    on reference: RecordReference, besides author: Identifier, at instant: Int64
  ) -> Bool {
    guard let caseID = caseID(of: reference) else { return false }
    return updateReaders(of: caseID, at: instant).contains {
      $0 != author && decides($0, on: reference, at: instant)
    }
  }

  /// The case that a record is of, or belongs to under an alias.
  func caseID(of reference: RecordReference) -> Identifier? {
    guard let home = reference.caseID else { return nil }
    return governance(of: home) != nil ? home : caseID(ofAlias: home) ?? home
  }

  /// Whether the record is withheld from the person, or closed to her by name.
  func isKept(_ reference: RecordReference, from person: Identifier, at instant: Int64) -> Bool {
    if reference.kind == .protectedContact {
      return !may(person, .read, reference, at: instant, in: self).isAllowed
    }
    guard let caseID = caseID(of: reference), let governance = governance(of: caseID),
      let role = role(of: person)
    else { return true }
    let query = AccessQuery(person: person, role: role, record: reference, instant: instant, state: self)
    return query.isWithheld(in: governance) || query.isOutsideAudience(in: governance)
  }
}
