import CRDT

extension CaseFile {
  /// Who assessed the family (R6): those who write in its assessments, and those who were at the meetings.
  ///
  /// - Parameter isCounted: whether what was held on a day counts.
  func assessors(heldOn isCounted: (CalendarDay?) -> Bool = { _ in true }) -> [Identifier] {
    let sources = [
      (RecordKind.assessment, Field.Assessment.heldOn, Field.Assessment.assessors),
      (.assessmentMeeting, Field.AssessmentMeeting.heldOn, Field.AssessmentMeeting.participants),
    ]
    return sources.flatMap { kind, held, persons in
      all(kind).filter { isCounted($0.day(held)) }.flatMap { $0.identifiers(persons) }
    }
  }
}
