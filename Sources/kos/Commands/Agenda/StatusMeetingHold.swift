import ArgumentParser
import CRDT
import CaseModel

/// Records that the status meeting was held, with its agenda and the day of the next one.
struct StatusMeetingHold: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "hold",
    abstract: Phrase(
      "Notér, at statusmødet blev holdt, med dagsordenen og dagen for det næste.",
      "Record that the status meeting was held, with its agenda and the day of the next one."
    ).said)

  @Option(
    help: Phrase("Dagen, ellers i dag.", "The day, else today.").help(valueName: "day"),
    transform: CalendarDay.past)
  var on: CalendarDay?
  @Option(
    help: Phrase("En, der var til stede, ved navn eller rolle.", "Somebody who was there, by name or part.")
      .help())
  var attendee: [String] = []
  @Option(
    help: Phrase(
      "Dagen for det næste, ellers 14 dage efter.", "The day of the next one, else 14 days later."
    ).help(valueName: "day"), transform: CalendarDay.coming)
  var next: CalendarDay?
  @Flag(help: Phrase("Fastsæt ikke det næste.", "Do not set the day of the next one.").help())
  var noNext = false
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let stock = try session.replica.stock()
    let day = try session.pastDay(on)
    // The core team meets about its cases: not before the first of them, where all say when they began.
    let files = stock.files.values.filter { $0.head != nil }
    if let first = files.min(by: { $0.began ?? .min < $1.began ?? .min }) {
      _ = try session.notBefore(day, in: first)
    }
    // Whoever says it twice would end the agenda of the first one, and call another next one.
    if let held = stock.statusMeeting(heldOn: day) {
      throw Failure(.usage, .meetingHeldBefore, day.description, session.short(held.id))
    }
    let called = Self.called(stock, on: day)
    let meeting =
      called.map { CaseWork.hold($0, attendees: attendee, on: day) }
      ?? CaseWork.statusMeeting(id: session.replica.newIdentifier(), attendees: attendee, on: day)
    let following = noNext ? nil : following(stock, after: day, besides: meeting.id, session)
    let agenda = StatusAgenda(
      of: stock, on: day, cadences: session.cadences(stock), workflows: session.workflows(stock))
    var items: [RecordDraft] = []
    var (open, notWritten) = (0, 0)
    for entry in agenda.entries {
      guard let file = stock.files[entry.caseID] else { continue }
      if file.hasOutcome(at: meeting.id, since: agenda.lastMeeting, by: day) { continue }
      // Who takes no part holds no items, and cannot tell which were ended.
      guard session.takesPart(in: file) else {
        notWritten += 1
        continue
      }
      open += 1
      guard file.agendaItems(of: meeting.id).isEmpty else { continue }
      items.append(
        CaseWork.agendaItem(
          id: session.replica.newIdentifier(), in: file.id, about: session.ownSubjects(in: file),
          meeting: meeting.id, reasons: entry.reasons, on: day))
    }
    let act = try session.write(
      [[meeting] + [following?.draft].compactMap { $0 }] + RecordDraft.entries(of: items))
    let delivery = try await session.deliver(act, offline: write.offline)
    try session.say(
      delivery,
      session.output.say(.meetingHeld, day.description, String(agenda.entries.count), String(open)),
      [
        ("record", JSON(meeting.id)), ("kind", "status_meeting"), ("day", JSON(day)),
        ("agenda", .integer(Int64(agenda.entries.count))), ("without_outcome", .integer(Int64(open))),
        ("not_written", .integer(Int64(notWritten))), ("next_meeting", JSON(following?.day)),
      ])
    let output = session.output
    if notWritten > 0 { output.line(output.say(.itemsNotWritten, String(notWritten))) }
    if let following { output.line(output.say(.nextMeetingCalled, following.day.description)) }
  }

  /// The meeting that is held: one that is called for the day or an earlier one, the latest of them; else the
  /// next one, if it is a few days ahead at most.
  private static func called(_ stock: CaseStock, on day: CalendarDay) -> CaseRecord? {
    let planned = stock.plannedStatusMeetings.map { ($0, $0.day(Field.StatusMeeting.plannedOn) ?? .max) }
    let past = planned.last { $0.1 <= day }
    let ahead = planned.first { $0.1 > day && $0.1.days(since: day) <= 7 }
    return (past ?? ahead)?.0
  }

  /// The next meeting: one that is called already, or a new one.
  private func following(
    _ stock: CaseStock, after day: CalendarDay, besides meeting: Identifier, _ session: Session
  ) -> (day: CalendarDay, draft: RecordDraft?)? {
    let planned = stock.plannedStatusMeetings.filter { $0.id != meeting }
      .compactMap { $0.day(Field.StatusMeeting.plannedOn) }
    if next == nil, let called = planned.first(where: { $0 > day }) { return (called, nil) }
    let days = session.cadences(stock).statusMeetingDays
    guard let chosen = next ?? (try? day.adding(days: days)) else { return nil }
    if planned.contains(chosen) { return (chosen, nil) }
    return (chosen, CaseWork.planStatusMeeting(id: session.replica.newIdentifier(), on: chosen))
  }
}

extension CaseFile {
  /// Whether somebody said what came of the case: at this meeting, or since the last one, before there was
  /// this one to say it at.
  fileprivate func hasOutcome(
    at meeting: Identifier, since last: CaseRecord?, by day: CalendarDay
  ) -> Bool {
    all(.agendaItem).contains { item in
      guard item.text(Field.AgendaItem.outcome) != nil else { return false }
      let isItsOwn = item.identifier(Field.AgendaItem.meeting) == meeting
      guard let said = item.day(Field.AgendaItem.discussedOn) else { return isItsOwn }
      // Before the first meeting all that was said is for it. What was said for this one before another came
      // in between was for that.
      let before = last?.day(Field.StatusMeeting.heldOn) ?? .min
      return isItsOwn ? before <= said : before < said && said <= day
    }
  }
}
