/// What a case asks of its coordinator (R48).
extension DueWork {
  func coordination(_ file: CaseFile, _ history: EnrolmentHistory) -> [DueItem] {
    recurring(file, history)
      + file.openUpdates.map { DueItem(untriaged: $0, in: file.id) }
      + file.informationRequests.filter(\.isOpen).map {
        item(.informationRequest, .informationAwaited, $0.record, by: $0.dueOn)
      }
      + file.all(.decision).compactMap(handing)
      + file.all(.offer).filter { $0.text(Field.Offer.answer) == nil }.map { item(.offer, .unanswered, $0) }
      + file.all(.majorChange).filter { $0.boolean(Field.MajorChange.isConfirmed) == nil }
      .map { item(.majorChange, .undecided, $0) }
  }

  /// The monthly contact and the three-month follow-up.
  private func recurring(_ file: CaseFile, _ history: EnrolmentHistory) -> [DueItem] {
    let (spans, cadences) = (history.spans, cadences(of: file))
    let contact = ContactClock(
      file, spans: spans, interruptions: interruptions, cadences: cadences, on: day
    ).clock
    let followUp = FollowUpClock(
      file, spans: spans, interruptions: interruptions, cadences: cadences, on: day
    ).clock
    return [
      (contact, DueKind.contact, DueReason.contactDue, DueReason.contactOverdue),
      (followUp, .followUp, .followUpDue, .followUpOverdue),
    ].compactMap { clock, kind, due, overdue in
      clock.dueOn.map { dueOn in
        DueItem(kind, clock.overdueDays > 0 ? overdue : due, in: file.id, nil, by: dueOn, on: day)
      }
    }
  }

  /// An issued decision that the parents have not, or that nobody explained to them (R25, R62).
  private func handing(_ decision: CaseRecord) -> DueItem? {
    guard let issued = decision.issuedOn, !decision.hasElements(Field.Decision.withdrawn) else {
      return nil
    }
    // What was done before is of an issue that counts no longer.
    let isDone = { (field: FieldDefinition) in decision.day(field).map { $0 >= issued } ?? false }
    if !isDone(Field.Decision.deliveredOn) { return item(.delivery, .undelivered, decision) }
    return isDone(Field.Decision.explainedOn) ? nil : item(.explanation, .unexplained, decision)
  }
}
