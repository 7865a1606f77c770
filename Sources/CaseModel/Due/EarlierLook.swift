public import CRDT

/// What a person could see when she looked last, by what her replica holds now: so a case that she was given
/// since is new to her, however long others have written in it, and is told as one thing.
///
/// Like `AccessForecast` it is for telling, and is no evidence of what was shown.
public struct EarlierLook: Sendable {
  /// Who looked.
  public let person: Identifier
  private let role: Role
  private let receivedAt: Int64
  private let then: AccessForecast

  /// Goes back to a look.
  ///
  /// - Parameters:
  ///   - person: who looked.
  ///   - role: what she is in the tenant.
  ///   - records: all that her replica holds now.
  ///   - receivedAt: the latest that the server had received of all that she held then, in milliseconds since
  ///     1970.
  ///   - instant: when she looked, likewise: rights begin and end by the time alone, too.
  ///   - tenant: the tenant, where cases may have come from another.
  /// - Complexity: O(records)
  public init(
    of person: Identifier, as role: Role, over records: some Sequence<CaseRecord>,
    receivedBy receivedAt: Int64,
    at instant: Int64, in tenant: Identifier? = nil
  ) {
    self.person = person
    self.role = role
    self.receivedAt = receivedAt
    let governing = records.filter(\.kind.governsAccess).compactMap { $0.received(by: receivedAt) }
    then = AccessForecast(
      for: person, knowing: [person: role], over: governing, by: person, at: instant, in: tenant)
  }

  /// Whether she could see nothing of a case then, and wrote nothing in it herself. What a leader sees of
  /// every case does not count in one in which she takes part by now.
  ///
  /// - Complexity: O(the case's records)
  public func isNew(_ file: CaseFile) -> Bool {
    let takesPart =
      role == .leader && file.participants.contains { $0.part.person == person && $0.part.isActive }
    return !file.records.values.joined().contains { record in
      if record.creator == person { return true }
      guard let receivedAt = record.receivedAt, receivedAt <= self.receivedAt else { return false }
      let reading = then.reading(record)
      return reading.isAllowed && !(takesPart && reading.rule == .leaderRegister)
    }
  }
}

extension CaseRecord {
  /// The record without what the server received of it later; `nil` when that is all of it. What later
  /// changes superseded is not known any more, and stays away.
  fileprivate func received(by instant: Int64) -> CaseRecord? {
    guard let receivedAt, receivedAt <= instant else { return nil }
    let later = state.fields.values.joined().map(\.context).filter { ($0.receivedAt ?? .max) > instant }
    guard !later.isEmpty else { return self }
    let earlier = Set(later.map(\.id)).reduce(state) { $0.erasing($1) }
    return CaseRecord(
      id: id, kind: kind, caseID: caseID, created: created, receivedAt: receivedAt, creator: creator,
      about: about, informationType: informationType, origin: origin, state: earlier)
  }
}
