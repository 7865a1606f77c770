public import CRDT

/// What a reader can tell of a case: where records are hers to read, nothing being there says something;
/// where they are not, it says nothing.
extension AccessForecast {
  /// Whether she reads a case's records of a kind, leaving aside single ones that are closed to her: asked of
  /// one about the family of which nobody said anything else.
  public func reads(_ kind: RecordKind, in caseID: Identifier) -> Bool {
    // Under which aliases news comes need not be known here: who has one reads all of them.
    if kind.home == .alias { return state.updateReaders(of: caseID, at: instant).contains(person) }
    let record = reference(toAny: kind, in: caseID)
    return may(person, .read, record, at: instant, in: state).isAllowed
  }

  /// Where a family stands on a day; `nil` where she cannot tell. That it was discharged or said no is
  /// written somewhere; the rest says that something has not come yet, which may only not be hers.
  public func status(of file: CaseFile, on day: CalendarDay) -> CaseStatus? {
    let status = file.status(at: day)
    switch status {
    case .declined, .discharged: return status
    case .enrolled: return reads(.discharge, in: file.id) ? status : nil
    case .open, .offered, .accepted:
      let kinds: [RecordKind] = [.offer, .enrolment, .discharge]
      return kinds.allSatisfy { reads($0, in: file.id) } ? status : nil
    }
  }

  /// Whether she can tell who coordinates a case, and that nobody does.
  public func knowsCoordinator(of file: CaseFile) -> Bool {
    file.allocation != nil || reads(.allocation, in: file.id)
  }

  /// Any record of a kind that lies in a case's file, by somebody else.
  func reference(toAny kind: RecordKind, in caseID: Identifier) -> RecordReference {
    // No record has the id of zeros, so that nothing is said of it by name; a head has its case's.
    let id = kind == .case ? caseID : Identifier(high: 0, low: 0)
    return RecordReference(
      id: id, kind: kind, caseID: caseID, creator: nil, about: [caseID],
      informationType: kind.definition?.informationType ?? .none, receivedAt: instant)
  }
}
