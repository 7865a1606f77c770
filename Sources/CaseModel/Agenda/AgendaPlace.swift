/// At which status meeting something is said of a case on a day, and the item there that it belongs to.
///
/// What a meeting left open is ended there. What a meeting that was held before said stands: what is said
/// since belongs to the next one, which need not have come. So the outcomes may be written as the cases are
/// gone through, and whoever then records that the meeting was held adds the rest.
public struct AgendaPlace: Sendable, Hashable {
  /// The meeting.
  public let meeting: CaseRecord
  /// The item; `nil` where none stands there yet.
  public let item: CaseRecord?

  /// Finds the place; `nil` while there is no meeting at all, held or called.
  ///
  /// - Complexity: O(n log n) in the meetings and the case's items.
  public init?(of file: CaseFile, in stock: CaseStock, on day: CalendarDay) {
    let current = stock.statusMeeting(on: day)
    let items = current.map { file.agendaItems(of: $0.id) } ?? []
    let open = items.first { $0.text(Field.AgendaItem.outcome) == nil }
    let heldOn = current?.day(Field.StatusMeeting.heldOn)
    if let current, open != nil || heldOn == nil || heldOn == day {
      self.init(meeting: current, item: open ?? items.last)
    } else if let next = stock.plannedStatusMeetings.first(where: { meeting in
      meeting.day(Field.StatusMeeting.plannedOn).map { $0 > heldOn ?? .min } == true
    }) {
      let its = file.agendaItems(of: next.id)
      self.init(meeting: next, item: its.first { $0.text(Field.AgendaItem.outcome) == nil } ?? its.last)
    } else if let current {
      let since = items.last { item in
        item.day(Field.AgendaItem.discussedOn).map { $0 > heldOn ?? .min } == true
      }
      self.init(meeting: current, item: since)
    } else {
      return nil
    }
  }

  private init(meeting: CaseRecord, item: CaseRecord?) {
    self.meeting = meeting
    self.item = item
  }
}
