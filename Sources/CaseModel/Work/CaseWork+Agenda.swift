public import CRDT

/// Status meetings of the core team and what they say about cases (R27–R29).
extension CaseWork {
  /// Codes of `Field.AgendaItem.outcome` (R29).
  public enum AgendaOutcome: String, Sendable, Hashable, CaseIterable {
    /// Something is to be done.
    case action
    /// Nothing is.
    case none
  }

  /// Calls a status meeting.
  public static func planStatusMeeting(
    id: Identifier, team: Identifier? = nil, on day: CalendarDay
  ) -> RecordDraft {
    var meeting = RecordDraft.new(.statusMeeting, id: id, in: nil)
    meeting.write(Field.StatusMeeting.plannedOn, day)
    meeting.write(Field.StatusMeeting.team, team)
    return meeting
  }

  /// Records that a status meeting that was called was held.
  public static func hold(
    _ meeting: CaseRecord, attendees: [String] = [], on day: CalendarDay
  ) -> RecordDraft {
    var change = RecordDraft.change(meeting)
    change.write(Field.StatusMeeting.heldOn, day)
    change.add(Field.StatusMeeting.attendees, attendees)
    return change
  }

  /// Puts a case on the agenda of a meeting, with why; without an outcome it is carried over to the next.
  public static func agendaItem(
    id: Identifier, in caseID: Identifier, about: [Identifier] = [], meeting: Identifier,
    reasons: [AgendaReason] = [], outcome: AgendaOutcome? = nil, text: String? = nil, on day: CalendarDay
  ) -> RecordDraft {
    var item = RecordDraft.new(.agendaItem, id: id, in: caseID, about: about)
    item.write(Field.AgendaItem.discussedOn, day)
    item.write(Field.AgendaItem.meeting, meeting)
    item.add(Field.AgendaItem.reasons, reasons.map(\.rawValue))
    item.write(Field.AgendaItem.outcome, outcome?.rawValue)
    item.write(Field.AgendaItem.text, text)
    return item
  }

  /// Ends an item with what came of it (R29).
  public static func close(
    _ item: CaseRecord, outcome: AgendaOutcome, text: String? = nil, on day: CalendarDay
  ) -> RecordDraft {
    var change = RecordDraft.change(item)
    change.write(Field.AgendaItem.outcome, outcome.rawValue)
    change.write(Field.AgendaItem.text, text)
    change.write(Field.AgendaItem.discussedOn, day)
    return change
  }
}
