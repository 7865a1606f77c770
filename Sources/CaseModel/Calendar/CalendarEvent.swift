public import CRDT

/// Something that stands in a calendar.
public struct CalendarEvent: Sendable, Hashable {
  /// A time of day.
  public struct Time: Sendable, Hashable {
    /// 0 to 23.
    public let hour: Int
    /// 0 to 59.
    public let minute: Int

    /// Reads `13:30`, `13.30` or `9:00`, also with `kl.` before it; `nil` for anything else.
    public init?(_ text: String) {
      var rest = text.lowercased()[...]
      for prefix in ["kl.", "kl"] where rest.hasPrefix(prefix) {
        rest = rest.dropFirst(prefix.count)
        break
      }
      let parts = rest.split(omittingEmptySubsequences: false) { ":.".contains($0) }.map { part in
        part.filter { $0 != " " }
      }
      guard parts.count == 2, (1...2).contains(parts[0].utf8.count), parts[1].utf8.count == 2,
        let hour = Self.number(parts[0]), let minute = Self.number(parts[1]), hour < 24, minute < 60
      else { return nil }
      (self.hour, self.minute) = (hour, minute)
    }

    private static func number(_ text: String) -> Int? {
      text.utf8.allSatisfy { (48...57).contains($0) } ? Int(text) : nil
    }
  }

  /// The record that it comes from, and which of its days.
  public let record: CaseRecord
  /// The code of what it is: a kind's name, or of a duty its sort.
  public let code: String
  /// The case; `nil` for what lies in the register.
  public let caseID: Identifier?
  /// The day.
  public let day: CalendarDay
  /// The time; `nil` for the whole day.
  public let time: Time?

  /// What stands in the calendar of a person from a day on, by day, then time: meetings that are called and
  /// not called off, deadlines of her tasks, of what was asked for in the cases that she coordinates, of
  /// complaints, and of the next contact and follow-up of each of these cases. Closed cases have none.
  ///
  /// - Parameters:
  ///   - today: the day on which the clocks are read; else `day`.
  ///   - workflows: the workflows that cases follow, which say how often what recurs is due.
  /// - Complexity: O(n log n) in the records.
  public static func all(
    in stock: CaseStock, for person: Identifier, from day: CalendarDay, today: CalendarDay? = nil,
    workflows: CaseWorkflows? = nil
  ) -> [CalendarEvent] {
    let interruptions = Interruptions(stock)
    var events = stock.plannedStatusMeetings.compactMap { meeting in
      CalendarEvent(meeting, "status_meeting", on: meeting.day(Field.StatusMeeting.plannedOn))
    }
    for file in stock.files.values {
      let status = file.status(at: day)
      if status == .discharged || status == .declined { continue }
      events += meetings(file, of: person) + deadlines(file, of: person, on: today ?? day)
      guard file.coordinator == person else { continue }
      events += recurring(
        file, interruptions, workflows?.cadences(of: file) ?? Cadences(), on: today ?? day)
    }
    return events.filter { $0.day >= day }.sorted { left, right in
      if left.day != right.day { return left.day < right.day }
      let times = [left, right].map { event in event.time.map { $0.hour * 60 + $0.minute } ?? -1 }
      return times[0] == times[1] ? left.record.id < right.record.id : times[0] < times[1]
    }
  }

  private init?(_ record: CaseRecord, _ code: String, on day: CalendarDay?, at time: Time? = nil) {
    guard let day else { return nil }
    self.record = record
    self.code = code
    caseID = record.caseID
    self.day = day
    self.time = time
  }

  private static func meetings(_ file: CaseFile, of person: Identifier) -> [CalendarEvent] {
    file.meetings.compactMap { meeting in
      guard meeting.standing == .called, meeting.concerns(person) || file.coordinator == person else {
        return nil
      }
      return CalendarEvent(
        meeting.record, meeting.record.kind.definition?.name ?? "", on: meeting.plannedOn,
        at: meeting.time.flatMap { Time($0) })
    }
  }

  /// By when the family is to be contacted next, and its plan followed up (R32, R34). No record holds such a
  /// day: the case's own stands for it, so that the day moves in the calendar and is not there twice.
  private static func recurring(
    _ file: CaseFile, _ interruptions: Interruptions, _ cadences: Cadences, on day: CalendarDay
  ) -> [CalendarEvent] {
    guard let head = file.head else { return [] }
    let contact = ContactClock(file, interruptions: interruptions, cadences: cadences, on: day).clock
    let followUp = FollowUpClock(file, interruptions: interruptions, cadences: cadences, on: day).clock
    return [
      CalendarEvent(head, DueReason.contactDue.rawValue, on: contact.dueOn),
      CalendarEvent(head, DueReason.followUpDue.rawValue, on: followUp.dueOn),
    ].compactMap { $0 }
  }

  private static func deadlines(
    _ file: CaseFile, of person: Identifier, on day: CalendarDay
  ) -> [CalendarEvent] {
    let tasks = file.all(.task).filter { task in
      TaskStatus(of: task)?.isOpen == true && file.isTask(task, of: person, on: day)
    }
    var events = tasks.compactMap { CalendarEvent($0, "task", on: $0.day(Field.Task.dueOn)) }
    guard file.coordinator == person else { return events }
    events += file.informationRequests.filter(\.isOpen).compactMap {
      CalendarEvent($0.record, "information_request", on: $0.dueOn)
    }
    return events
      + file.all(.decision).compactMap {
        CalendarEvent($0, "complaint_until", on: ComplaintPeriod(of: $0)?.until)
      }
  }
}
