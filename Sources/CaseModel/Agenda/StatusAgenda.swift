public import CRDT

/// The agenda of the core team's status meeting, which writes itself (R27–R29): of all enrolled cases those
/// in which something has developed, each with why, and nothing of the others.
///
/// It is judged from what this replica holds: of a case in which the reader takes no part, from its
/// milestones.
public struct StatusAgenda: Sendable {
  /// One case on the agenda.
  public struct Entry: Sendable, Hashable {
    /// The case.
    public let caseID: Identifier
    /// Why it is there, what a meeting looks at first in front. Never empty.
    public let reasons: [AgendaReason]
    /// The records that show it, in order of id.
    public let records: [Identifier]
    /// The items of the last meeting that ended without an outcome.
    public let carried: [CaseRecord]
  }

  /// The meeting that was held last; `nil` before the first.
  public let lastMeeting: CaseRecord?
  /// The day of it, or the one that was asked for.
  public let since: CalendarDay?
  /// The cases, in order of their labels.
  public let entries: [Entry]
  /// When the next meeting should be, if it is not called yet: so many days after the last, and not before
  /// the day on which the agenda is asked for.
  public let proposedOn: CalendarDay

  /// Writes the agenda.
  ///
  /// - Parameters:
  ///   - stock: the cases as somebody holds them.
  ///   - day: the day on which it is asked for.
  ///   - since: since when something must have developed; since the last meeting when nothing is said.
  /// - Complexity: O(n log n) in the records.
  public init(
    of stock: CaseStock, on day: CalendarDay, since: AgendaSince? = nil, cadences: Cadences = Cadences(),
    interruptions: Interruptions? = nil, workflows: CaseWorkflows? = nil
  ) {
    let last = stock.statusMeetings(heldBy: day).last
    let start = since ?? last.flatMap { AgendaSince($0) }
    let reader = AgendaReader(
      since: start, day: day, lastMeeting: last?.id, cadences: cadences,
      interruptions: interruptions ?? Interruptions(stock), workflows: workflows)
    lastMeeting = last
    self.since = start?.day
    entries = stock.cases.compactMap { reader.entry(of: $0) }
    let next = (last?.day(Field.StatusMeeting.heldOn)).flatMap {
      try? $0.adding(days: cadences.statusMeetingDays)
    }
    proposedOn = max(next ?? day, day)
  }
}

extension CaseStock {
  /// The status meetings that were held by a day, oldest first.
  public func statusMeetings(heldBy day: CalendarDay) -> [CaseRecord] {
    (register[.statusMeeting] ?? []).filter { meeting in
      meeting.day(Field.StatusMeeting.heldOn).map { $0 <= day } ?? false
    }.sorted(by: { $0.day(Field.StatusMeeting.heldOn) ?? .min }, then: \.id)
  }

  /// The status meeting that was held on a day; of several the one that counts as the last.
  public func statusMeeting(heldOn day: CalendarDay) -> CaseRecord? {
    statusMeetings(heldBy: day).last { $0.day(Field.StatusMeeting.heldOn) == day }
  }

  /// The status meetings that are called and not held, the next one first.
  public var plannedStatusMeetings: [CaseRecord] {
    (register[.statusMeeting] ?? []).filter { meeting in
      meeting.day(Field.StatusMeeting.heldOn) == nil && meeting.day(Field.StatusMeeting.plannedOn) != nil
    }.sorted(by: { $0.day(Field.StatusMeeting.plannedOn) ?? .max }, then: \.id)
  }

  /// The meeting that an item is said at on a day: the one that is called for that day or an earlier one and
  /// not held yet, the latest of them, else the one that was held last. A meeting that is held on the day
  /// comes before one that was left over.
  public func statusMeeting(on day: CalendarDay) -> CaseRecord? {
    let held = statusMeetings(heldBy: day).last
    let called = plannedStatusMeetings.last { meeting in
      meeting.day(Field.StatusMeeting.plannedOn).map { $0 <= day } ?? false
    }
    guard let called, let plannedOn = called.day(Field.StatusMeeting.plannedOn) else { return held }
    guard let held, let heldOn = held.day(Field.StatusMeeting.heldOn) else { return called }
    return heldOn >= plannedOn ? held : called
  }
}
