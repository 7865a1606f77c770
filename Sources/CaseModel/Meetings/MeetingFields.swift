/// Where each kind of meeting in a case holds what all of them have.
public struct MeetingFields: Sendable, Hashable {
  /// The day on which it was held.
  public let heldOn: FieldDefinition
  /// The persons who took part.
  public let participants: FieldDefinition
  /// Who was there, by name or part.
  public let attendees: FieldDefinition
  /// The day for which it is called.
  public let plannedOn: FieldDefinition
  /// The time of day.
  public let time: FieldDefinition
  /// Who called it.
  public let calledBy: FieldDefinition
  /// The persons who are called.
  public let invited: FieldDefinition
  /// Those of them who come.
  public let accepted: FieldDefinition
  /// Those of them who do not.
  public let refused: FieldDefinition
  /// The day on which it was called off.
  public let cancelledOn: FieldDefinition

  /// The kinds of record that are meetings in a case.
  public static let kinds: [RecordKind] = [.assessmentMeeting, .analysisMeeting, .followUpMeeting]

  /// The fields of a kind; `nil` for one that is no meeting in a case.
  public static func of(_ kind: RecordKind) -> MeetingFields? {
    switch kind {
    case .assessmentMeeting: assessment
    case .analysisMeeting: analysis
    case .followUpMeeting: followUp
    default: nil
    }
  }

  private static let assessment = MeetingFields(
    heldOn: Field.AssessmentMeeting.heldOn, participants: Field.AssessmentMeeting.participants,
    attendees: Field.AssessmentMeeting.attendees, plannedOn: Field.AssessmentMeeting.plannedOn,
    time: Field.AssessmentMeeting.time, calledBy: Field.AssessmentMeeting.calledBy,
    invited: Field.AssessmentMeeting.invited, accepted: Field.AssessmentMeeting.accepted,
    refused: Field.AssessmentMeeting.refused, cancelledOn: Field.AssessmentMeeting.cancelledOn)

  private static let analysis = MeetingFields(
    heldOn: Field.AnalysisMeeting.heldOn, participants: Field.AnalysisMeeting.participants,
    attendees: Field.AnalysisMeeting.attendees, plannedOn: Field.AnalysisMeeting.plannedOn,
    time: Field.AnalysisMeeting.time, calledBy: Field.AnalysisMeeting.calledBy,
    invited: Field.AnalysisMeeting.invited, accepted: Field.AnalysisMeeting.accepted,
    refused: Field.AnalysisMeeting.refused, cancelledOn: Field.AnalysisMeeting.cancelledOn)

  private static let followUp = MeetingFields(
    heldOn: Field.FollowUpMeeting.heldOn, participants: Field.FollowUpMeeting.participants,
    attendees: Field.FollowUpMeeting.attendees, plannedOn: Field.FollowUpMeeting.plannedOn,
    time: Field.FollowUpMeeting.time, calledBy: Field.FollowUpMeeting.calledBy,
    invited: Field.FollowUpMeeting.invited, accepted: Field.FollowUpMeeting.accepted,
    refused: Field.FollowUpMeeting.refused, cancelledOn: Field.FollowUpMeeting.cancelledOn)
}
