public import CRDT

/// A meeting in a case, of whichever sort, with who is called to it.
public struct CalledMeeting: Sendable, Hashable {
  /// The record.
  public let record: CaseRecord
  /// The day on which it was held; `nil` as long as nothing says so.
  public let heldOn: CalendarDay?
  /// The day for which it is called.
  public let plannedOn: CalendarDay?
  /// The time of day, as it was typed.
  public let time: String?
  /// The day on which it was called off.
  public let cancelledOn: CalendarDay?
  /// Who called it.
  public let calledBy: Identifier?

  private let invited, accepted, refused: FieldDefinition

  /// Whether a person is called to it and has said neither that she comes nor that she does not.
  public func awaits(_ person: Identifier) -> Bool {
    func names(_ field: FieldDefinition) -> Bool { record.identifiers(field).contains(person) }
    return names(invited) && !names(accepted) && !names(refused)
  }

  /// Whether a person called it, or is called to it and did not say that she does not come.
  public func concerns(_ person: Identifier) -> Bool {
    calledBy == person
      || record.identifiers(invited).contains(person) && !record.identifiers(refused).contains(person)
  }

  /// The meetings of a case, by kind, each kind in order of day.
  public static func all(in file: CaseFile) -> [CalledMeeting] {
    typealias Assessment = Field.AssessmentMeeting
    typealias Analysis = Field.AnalysisMeeting
    typealias FollowUp = Field.FollowUpMeeting
    return file.all(.assessmentMeeting).map { record in
      CalledMeeting(
        record,
        (
          Assessment.heldOn, Assessment.plannedOn, Assessment.time, Assessment.cancelledOn,
          Assessment.calledBy
        ),
        (Assessment.invited, Assessment.accepted, Assessment.refused))
    }
      + file.all(.analysisMeeting).map { record in
        CalledMeeting(
          record,
          (Analysis.heldOn, Analysis.plannedOn, Analysis.time, Analysis.cancelledOn, Analysis.calledBy),
          (Analysis.invited, Analysis.accepted, Analysis.refused))
      }
      + file.all(.followUpMeeting).map { record in
        CalledMeeting(
          record,
          (FollowUp.heldOn, FollowUp.plannedOn, FollowUp.time, FollowUp.cancelledOn, FollowUp.calledBy),
          (FollowUp.invited, FollowUp.accepted, FollowUp.refused))
      }
  }

  private typealias Times = (
    held: FieldDefinition, planned: FieldDefinition, time: FieldDefinition, cancelled: FieldDefinition,
    by: FieldDefinition
  )
  private typealias Answers = (
    invited: FieldDefinition, accepted: FieldDefinition, refused: FieldDefinition
  )

  private init(_ record: CaseRecord, _ times: Times, _ answers: Answers) {
    self.record = record
    heldOn = record.day(times.held)
    plannedOn = record.day(times.planned)
    time = record.text(times.time)
    cancelledOn = record.day(times.cancelled)
    calledBy = record.identifier(times.by)
    (invited, accepted, refused) = answers
  }
}
