public import CRDT

/// Follow-up meetings with the family on its plan (R34, R35).
extension CaseWork {
  /// Records that a follow-up meeting was held that nobody called.
  ///
  /// - Parameter plan: the version of the plan that was followed up.
  public static func followUpMeeting(
    id: Identifier, in caseID: Identifier, about: [Identifier] = [], participants: [Identifier] = [],
    attendees: [String] = [], plan: Identifier? = nil, on day: CalendarDay
  ) -> RecordDraft {
    var meeting = RecordDraft.new(.followUpMeeting, id: id, in: caseID, about: about)
    meeting.write(Field.FollowUpMeeting.heldOn, day)
    meeting.add(Field.FollowUpMeeting.participants, participants)
    meeting.add(Field.FollowUpMeeting.attendees, attendees)
    meeting.write(Field.FollowUpMeeting.plan, plan)
    return meeting
  }
}
