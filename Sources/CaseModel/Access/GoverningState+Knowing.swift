public import CRDT

/// What somebody may be told of a log of knowing.
public enum KnowingReach: Hashable, Sendable {
  /// Who, what, when and why.
  case whole
  /// What, when and why, and who only where it is herself: a family may know when and why its records were
  /// looked up, and not always by whom.
  case withoutAgents
}

/// Who is told who was sent a record, and who opened it.
extension GoverningState {
  /// Whether a person may read all of the logs of knowing: the data protection officer, and nobody else.
  /// Every row tells of some family, and all of them together how everybody works.
  public func mayReadLogs(_ person: Identifier) -> Bool { role(of: person) == .dataProtectionOfficer }

  /// What a person may be told of who came to know a record; `nil` for nothing, as of a record that does not
  /// exist.
  ///
  /// - The data protection officer, whose work it is, and who sees no content: everything.
  /// - Whoever coordinates the case, and leaders: everything of what is not withheld from them, nor closed to
  ///   them by name. A row names the record and the rule, and no content.
  /// - Parents who may read the record: without the others' names.
  ///
  /// - Parameter instant: milliseconds since 1970 by the server's clock.
  public func reach(
    of person: Identifier, intoKnowingOf reference: RecordReference, at instant: Int64
  ) -> KnowingReach? {
    guard let role = role(of: person) else { return nil }
    if role == .dataProtectionOfficer { return .whole }
    let mayRead = may(person, .read, reference, at: instant, in: self).isAllowed
    switch role {
    case .leader:
      let isClosed = reference.caseID != nil && isKept(reference, from: person, at: instant)
      return mayRead || !isClosed ? .whole : nil
    case .parent: return mayRead ? .withoutAgents : nil
    default:
      guard mayRead, let caseID = caseID(of: reference), coordinates(person, caseID, at: instant) else {
        return nil
      }
      return .whole
    }
  }
}
