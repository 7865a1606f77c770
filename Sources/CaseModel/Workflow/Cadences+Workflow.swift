extension Cadences {
  /// The cadences of a workflow's steps by the records that show them, in weeks and days as they are written;
  /// of several such steps the first with a cadence counts, and where none has one the model's number.
  public init(_ steps: [WorkflowStep]) {
    func step(_ kinds: Set<RecordKind>) -> WorkflowStep? {
      let shown = steps.filter { !kinds.isDisjoint(with: $0.shownBy) }
      return shown.first { $0.cadence != nil } ?? shown.first { $0.phase == .operation }
    }
    let (contact, followUp) = (step([.contact]), step([.followUpMeeting]))
    self.init(
      statusMeetingDays: step([.statusMeeting, .agendaItem])?.cadence?.days ?? 14,
      contact: contact?.cadence ?? .month, followUp: followUp?.cadence ?? .quarter,
      contactStep: contact?.code, followUpStep: followUp?.code)
  }
}

extension Cadence {
  /// About how many days it is; a month counts thirty.
  fileprivate var days: Int { unit == .days ? count : count * 30 }
}
