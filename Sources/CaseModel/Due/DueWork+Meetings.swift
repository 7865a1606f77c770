/// What meetings ask of whom they call (R49, R58).
extension DueWork {
  func meetings(_ file: CaseFile) -> [DueItem] {
    file.meetings.filter { $0.standing == .called }.flatMap { meeting -> [DueItem] in
      if let plannedOn = meeting.plannedOn, plannedOn < day {
        let isHers = meeting.calledBy == person || meeting.calledBy == nil && file.coordinator == person
        return isHers ? [item(.meeting, .unrecorded, meeting.record, by: plannedOn)] : []
      }
      return meeting.unanswered.contains(person) ? [item(.invitation, .invited, meeting.record)] : []
    }
  }
}
