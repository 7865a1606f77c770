/// What meetings ask of whom they call (R49, R58).
extension DueWork {
  func meetings(_ file: CaseFile) -> [DueItem] {
    CalledMeeting.all(in: file).flatMap { meeting -> [DueItem] in
      guard meeting.heldOn == nil, meeting.cancelledOn == nil else { return [] }
      if let plannedOn = meeting.plannedOn, plannedOn < day {
        let isHers = meeting.calledBy == person || meeting.calledBy == nil && file.coordinator == person
        return isHers ? [item(.meeting, .unrecorded, meeting.record, by: plannedOn)] : []
      }
      return meeting.awaits(person) ? [item(.invitation, .invited, meeting.record)] : []
    }
  }
}
