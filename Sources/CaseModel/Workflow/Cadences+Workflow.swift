extension Cadences {
  /// The cadences of a workflow's steps by the records that show them; of several such steps the first
  /// counts, and where none has a cadence the model's number.
  ///
  /// Contacts and follow-ups are counted in months of the calendar (R32, R34): a cadence in days is taken as
  /// the whole months that it holds, and as one at least.
  public init(_ steps: [WorkflowStep]) {
    func cadence(_ kinds: Set<RecordKind>) -> Cadence? {
      steps.first { $0.cadence != nil && !kinds.isDisjoint(with: $0.shownBy) }?.cadence
    }
    self.init(
      statusMeetingDays: cadence([.statusMeeting, .agendaItem])?.days ?? 14,
      contactMonths: cadence([.contact])?.months ?? 1,
      followUpMonths: cadence([.followUpMeeting])?.months ?? 3)
  }
}

extension Cadence {
  /// About how many days it is; a month counts thirty.
  fileprivate var days: Int { unit == .days ? count : count * 30 }
  /// How many whole months it is, one at least.
  fileprivate var months: Int { unit == .months ? count : max(count / 30, 1) }
}
