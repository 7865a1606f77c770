public import CRDT

/// What a reader is told to type: nothing that the server would refuse from her.
extension AccessForecast {
  /// Whether she may write down that a thing was done that a case asks of her.
  ///
  /// - Parameter record: the record that the thing is about, as far as one is.
  public func mayDo(_ item: DueItem, with record: CaseRecord?) -> Bool {
    guard let caseID = item.caseID else { return true }
    switch item.kind {
    // Told to look, she writes nothing.
    case .step, .conflict: return true
    case .contact: return mayCreate(.contact, in: caseID)
    case .followUp: return mayCreate(.followUpMeeting, in: caseID)
    case .update: return mayCreate(.triage, in: caseID)
    // It is written where it stands, and is new where it does not.
    case .allocation: return isAllowed(.write([]), reference(toAny: .allocation, in: caseID))
    case .task, .informationRequest, .decision, .delivery, .explanation, .majorChange, .offer, .invitation,
      .meeting:
      return record.map(mayChange) ?? false
    }
  }

  /// Whether she may write anything to a record that is there.
  public func mayChange(_ record: CaseRecord) -> Bool { isAllowed(.write([]), record.reference) }

  /// Whether she may create records of a kind in a case. Of somebody from outside it is not told what lets
  /// her, and what is not known here is not told to her to type.
  public func mayCreate(_ kind: RecordKind, in caseID: Identifier) -> Bool {
    let verdict = may(person, .create([]), reference(toAny: kind, in: caseID), at: instant, in: state)
    // A record that says nothing is objected to only when it is hers to create.
    return verdict.isAllowed || verdict.rule == .malformed
  }

  private func isAllowed(_ action: Action, _ record: RecordReference) -> Bool {
    may(person, action, record, at: instant, in: state).isAllowed
  }
}
