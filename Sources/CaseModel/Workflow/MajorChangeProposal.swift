public import CRDT

/// A major change that the records of a case suggest. It is shown and never written by itself: whether there
/// is one, and whether steps repeat, a person assesses (R36–R38).
public struct MajorChangeProposal: Sendable, Hashable {
  /// The code of what would set the repetition off.
  public let trigger: String
  /// The day on which it happened.
  public let happenedOn: CalendarDay
  /// The record that suggests it: a triage, a child, a relative.
  public let source: Identifier

  /// The age in whole years at which school starts in the autumn.
  private static let schoolAge = 6

  /// What a case suggests on a day and nobody has recorded as a major change yet: news that were triaged
  /// with a trigger of the workflow as their reason, a child that turns six, a child or sibling that was born
  /// into the family after the case was opened.
  ///
  /// A change of a trigger that was recorded from the day of the event on, or up to `sameDays` before it,
  /// answers the proposal, whatever was decided.
  ///
  /// - Parameters:
  ///   - triggers: the codes that the workflow knows.
  ///   - sameDays: within how many days two notices of one trigger mean one event.
  public static func proposals(
    for file: CaseFile, triggers: [String], on day: CalendarDay, sameDays: Int = 60
  ) -> [MajorChangeProposal] {
    guard file.status(at: day) != .discharged else { return [] }
    let opened = file.head?.day(Field.Case.openedOn)
    var found: [MajorChangeProposal] = []
    func propose(_ trigger: String, _ happened: CalendarDay?, _ source: Identifier) {
      guard let happened, happened <= day, happened >= opened ?? .min else { return }
      found.append(MajorChangeProposal(trigger: trigger, happenedOn: happened, source: source))
    }
    for triage in file.all(.triage) {
      guard let reason = triage.text(Field.Triage.reason), triggers.contains(reason) else { continue }
      propose(reason, triage.day(Field.Triage.receivedOn) ?? triage.happenedOn, triage.id)
    }
    for child in file.children {
      guard let born = child.day(Field.Child.born) else { continue }
      propose("school_start", try? born.adding(months: 12 * schoolAge), child.id)
      propose("family_increase", born, child.id)
    }
    for relative in file.relatives {
      propose("family_increase", relative.day(Field.Relative.born), relative.id)
    }
    let recorded = file.all(.majorChange).map {
      (trigger: $0.text(Field.MajorChange.trigger), day: $0.day(Field.MajorChange.happenedOn) ?? .min)
    }
    let open = found.filter { proposal in
      triggers.contains(proposal.trigger)
        && !recorded.contains { change in
          change.trigger == proposal.trigger && proposal.happenedOn.days(since: change.day) <= sameDays
        }
    }
    return open.sorted(by: { $0.happenedOn }, then: \.source)
  }
}
