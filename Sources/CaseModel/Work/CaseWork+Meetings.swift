public import CRDT

/// Calling and holding meetings (R49, R58).
extension CaseWork {
  /// Calls a meeting.
  ///
  /// - Parameters:
  ///   - kind: one of `MeetingFields.kinds`.
  ///   - withParents: whether the parents take part in an analysis meeting (R13, R21).
  ///   - measure: the matter of the measure that is intended, for an analysis meeting (R14).
  /// - Precondition: `kind` is one of `MeetingFields.kinds`.
  public static func call(
    meeting kind: RecordKind, id: Identifier, in caseID: Identifier, about: [Identifier] = [],
    for day: CalendarDay, time: String? = nil, by caller: Identifier, invited: [Identifier],
    withParents: Bool? = nil, measure: String? = nil
  ) -> RecordDraft {
    guard let fields = MeetingFields.of(kind) else { preconditionFailure("\(kind.rawValue) is no meeting") }
    var draft = RecordDraft.new(kind, id: id, in: caseID, about: about)
    draft.write(fields.plannedOn, day)
    draft.write(fields.time, time)
    draft.write(fields.calledBy, caller)
    draft.add(fields.invited, invited)
    if kind == .analysisMeeting {
      draft.write(Field.AnalysisMeeting.withParents, withParents)
      draft.write(Field.AnalysisMeeting.measure, measure)
    }
    return draft
  }

  /// Records whether somebody comes to a meeting.
  public static func answer(_ meeting: Meeting, by person: Identifier, comes: Bool) -> RecordDraft {
    var change = RecordDraft.change(meeting.record)
    guard let fields = MeetingFields.of(meeting.record.kind) else { return change }
    change.add(comes ? fields.accepted : fields.refused, [person])
    let former = comes ? meeting.refused : meeting.accepted
    if former.contains(person) {
      change.remove(comes ? fields.refused : fields.accepted, .identifier(person))
    }
    return change
  }

  /// Records that a meeting that was called was held.
  ///
  /// - Parameters:
  ///   - outcome: of an analysis meeting, `plan_basis` or `missing_information` (R16).
  ///   - plan: of a follow-up meeting, the version of the plan that was followed up (R34).
  public static func hold(
    _ meeting: Meeting, participants: [Identifier], attendees: [String] = [], outcome: String? = nil,
    plan: Identifier? = nil, on day: CalendarDay
  ) -> RecordDraft {
    var change = RecordDraft.change(meeting.record)
    guard let fields = MeetingFields.of(meeting.record.kind) else { return change }
    change.write(fields.heldOn, day)
    change.add(fields.participants, participants)
    change.add(fields.attendees, attendees)
    if meeting.record.kind == .analysisMeeting { change.write(Field.AnalysisMeeting.outcome, outcome) }
    if meeting.record.kind == .followUpMeeting { change.write(Field.FollowUpMeeting.plan, plan) }
    return change
  }

  /// Calls a meeting off.
  public static func cancel(_ meeting: Meeting, on day: CalendarDay) -> RecordDraft {
    var change = RecordDraft.change(meeting.record)
    change.write(MeetingFields.of(meeting.record.kind)?.cancelledOn ?? Field.AnalysisMeeting.cancelledOn, day)
    return change
  }

  /// Asks for information (R9, R18).
  ///
  /// - Parameter meeting: the analysis meeting that found it missing (R16).
  public static func informationRequest(
    id: Identifier, in caseID: Identifier, about: [Identifier] = [], what: String, of recipient: Identifier?,
    named label: String? = nil, due: CalendarDay, meeting: Identifier? = nil, on day: CalendarDay
  ) -> RecordDraft {
    var draft = RecordDraft.new(.informationRequest, id: id, in: caseID, about: about)
    draft.write(Field.InformationRequest.requestedOn, day)
    draft.write(Field.InformationRequest.what, what)
    draft.write(Field.InformationRequest.recipient, recipient)
    draft.write(Field.InformationRequest.recipientLabel, label)
    draft.write(Field.InformationRequest.dueOn, due)
    draft.write(Field.InformationRequest.meeting, meeting)
    return draft
  }

  /// Records that what was asked for came.
  public static func receive(informationRequest: CaseRecord, on day: CalendarDay) -> RecordDraft {
    var change = RecordDraft.change(informationRequest)
    change.write(Field.InformationRequest.receivedOn, day)
    return change
  }

  /// Records that the case goes on without what was asked for; the reason stands in a note.
  public static func waive(
    informationRequest: CaseRecord, reason: String?, on day: CalendarDay,
    identify: (_ purpose: String) -> Identifier
  ) -> [RecordDraft] {
    var change = RecordDraft.change(informationRequest)
    change.write(Field.InformationRequest.waivedOn, day)
    return [change] + comment(on: change, reason, day, id: { identify("note") })
  }
}
