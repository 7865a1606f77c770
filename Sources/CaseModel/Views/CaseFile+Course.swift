public import CRDT

/// What of a case goes on over time.
extension CaseFile {
  /// The day on which the case began: that of the first inquiry, as far as it is known (R1).
  public var began: CalendarDay? { all(.inquiry).compactMap { $0.day(Field.Inquiry.receivedOn) }.min() }

  /// The plan that is in force on a day: of those agreed by then the one agreed last, of several on one day
  /// that of the highest version.
  public func plan(on day: CalendarDay) -> CaseRecord? {
    all(.plan).filter { ($0.day(Field.Plan.agreedOn) ?? .max) <= day }
      .sorted(by: { $0.day(Field.Plan.agreedOn) ?? .min }, then: { $0.integer(Field.Plan.version) ?? 0 }).last
  }

  /// The follow-up meeting that is called and neither held nor called off, the first of them.
  public var calledFollowUp: Meeting? {
    meetings.first { $0.record.kind == .followUpMeeting && $0.standing == .called }
  }

  /// What a status meeting said about the case, or is to say, oldest first.
  public func agendaItems(of meeting: Identifier) -> [CaseRecord] {
    all(.agendaItem).filter { $0.identifier(Field.AgendaItem.meeting) == meeting }
  }
}
