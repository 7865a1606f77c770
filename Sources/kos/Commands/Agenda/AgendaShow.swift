import ArgumentParser
import CRDT
import CaseModel

/// Shows the agenda with the reasons of each case.
struct AgendaShow: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: Phrase(
      "Vis dagsordenen: hver sag med grundene.", "Show the agenda: each case with the reasons."
    ).said)

  @Option(
    help: Phrase(
      "Hvad der er sket fra denne dag, ellers siden sidste statusmøde.",
      "What has happened from this day on, else since the last status meeting."
    ).help(valueName: "day"), transform: CalendarDay.past)
  var from: CalendarDay?
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let stock = try session.replica.stock()
    let output = session.output
    let today = session.day(nil)
    let agenda = StatusAgenda(
      of: stock, on: today,
      since: from.map { AgendaSince(beginningOf: $0, at: Clock.start(of: $0)) },
      cadences: session.cadences(stock), workflows: session.workflows(stock))
    let shown = Set(agenda.entries.flatMap(\.records))
    let files = agenda.entries.compactMap { stock.files[$0.caseID] }
    let items = Dictionary(
      files.compactMap { file in AgendaPlace(of: file, in: stock, on: today)?.item.map { (file.id, $0) } },
      uniquingKeysWith: { first, _ in first })
    try session.open(
      files.compactMap(\.head) + files.compactMap { items[$0.id] }
        + files.flatMap { $0.records.values.joined() + $0.updates }.filter { shown.contains($0.id) })
    let next = stock.plannedStatusMeetings.compactMap { $0.day(Field.StatusMeeting.plannedOn) }
      .first { $0 >= today }
    output.line(
      agenda.since.map { output.say(.agendaSince, $0.description) } ?? output.say(.agendaFromStart))
    if agenda.entries.isEmpty { output.line(output.say(.agendaEmpty)) }
    var rows: [[String]] = []
    for entry in agenda.entries {
      guard let file = stock.files[entry.caseID] else { continue }
      let item = items[file.id]
      let outcome = item?.text(Field.AgendaItem.outcome)
      let reference = session.reference(file.id)
      output.object([
        ("case", JSON(reference)), ("case_id", JSON(file.id)), ("label", JSON(file.label)),
        ("reasons", .array(entry.reasons.map { .string($0.rawValue) })),
        ("records", .array(entry.records.map { JSON($0) })), ("item", JSON(item?.id)),
        ("outcome", JSON(outcome)), ("since", JSON(agenda.since)),
        ("next_meeting", JSON(next ?? agenda.proposedOn)), ("next_is_set", .boolean(next != nil)),
      ])
      let reasons = entry.reasons.map { output.label($0.rawValue) }.joined(separator: ", ")
      rows.append([
        "  " + (reference ?? ""), file.label?.shown ?? "–", reasons,
        outcome.map(output.label) ?? output.say(.withoutOutcome),
      ])
    }
    if !rows.isEmpty { output.table(rows) }
    // Status meetings stand in the register: of who does not read it they are not unset.
    guard next != nil || session.replica.profile.role.isStaff else { return }
    output.line(
      next.map { output.say(.nextMeetingCalled, output.day($0, from: today)) }
        ?? output.say(.nextMeetingProposed, agenda.proposedOn.description))
  }
}
