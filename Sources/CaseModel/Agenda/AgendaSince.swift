import CRDT

/// Since when a case must have developed to stand on an agenda.
///
/// What happened after the day counts, and what came in after the meeting although it had happened before: a
/// visit that was entered late was discussed by nobody.
public struct AgendaSince: Sendable, Hashable {
  /// What happened after this day is new.
  public let day: CalendarDay
  /// What the server received after this instant is new, in milliseconds since 1970.
  let receivedAt: Int64?
  /// What was written after this instant by its author's clock is new where the server has not received
  /// both, in milliseconds since 1970.
  let writtenAt: Int64

  /// Since a meeting that was held; `nil` when the record does not say so.
  public init?(_ meeting: CaseRecord) {
    guard let day = meeting.day(Field.StatusMeeting.heldOn) else { return nil }
    self.day = day
    let held = meeting.state.values(Field.StatusMeeting.heldOn.id).map(\.context)
    receivedAt = held.map(\.receivedAt).contains(nil) ? nil : held.compactMap(\.receivedAt).max()
    writtenAt = held.map(\.writtenAt).max() ?? meeting.created
  }

  /// Since the beginning of a day.
  ///
  /// - Parameter instant: its first instant, in milliseconds since 1970.
  public init(beginningOf day: CalendarDay, at instant: Int64) {
    self.day = (try? day.adding(days: -1)) ?? .min
    receivedAt = instant - 1
    writtenAt = instant - 1
  }

  /// Whether something that happened on a day and came in as a record shows is new.
  func isNew(_ day: CalendarDay?, _ record: CaseRecord) -> Bool {
    if let day, day > self.day { return true }
    return isNew(record)
  }

  /// Whether anything of a record came in since.
  func isNew(_ record: CaseRecord) -> Bool {
    record.state.fields.values.contains { $0.contains { isNew($0.context) } }
  }

  private func isNew(_ context: ChangeContext) -> Bool {
    if let receivedAt, let own = context.receivedAt { return own > receivedAt }
    return context.origin?.writtenAt ?? context.writtenAt > writtenAt
  }
}
