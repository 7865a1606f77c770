public import ArgumentParser
import CRDT
public import CaseModel

extension CaseWork.AgendaOutcome: ExpressibleByArgument {}

/// Ends what a status meeting said about a case with action or none, or keeps one's own notes on it.
struct AgendaItem: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "item",
    abstract: Phrase(
      "Slut et punkt på dagsordenen med action eller none, eller skriv dine egne noter til det.",
      "End an item of the agenda with action or none, or write your own notes on it."
    ).said)

  @OptionGroup var step: StepOptions
  @Option(
    help: Phrase(
      "Hvad mødet endte med: action (handling) eller none (ingen).", "How it ended: action or none."
    ).help())
  var outcome: CaseWork.AgendaOutcome?
  @Option(
    help: Phrase(
      "Hvad der blev sagt; uden udfald er det dine egne noter.",
      "What was said; without an outcome it is your own notes."
    ).help())
  var text: String?
  @Option(help: Phrase("En opgave, der kom af det.", "A task that came of it.").help(valueName: "title"))
  var task: String?
  @Option(help: Phrase("Hvem der gør opgaven.", "Who does the task.").help(valueName: "person"))
  var owner: String?
  @Option(
    help: Phrase("Hvornår opgaven skal være gjort.", "By when the task is to be done.").help(
      valueName: "day"), transform: CalendarDay.coming)
  var due: CalendarDay?
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    guard (task == nil) == (owner == nil) else { throw Failure(.usage, .taskNeedsOwner) }
    guard outcome != nil || text != nil && task == nil else { throw Failure(.usage, .itemNeedsOutcome) }
    let file = try session.file(step.caseReference)
    let stock = try session.replica.stock()
    let day = try session.pastDay(step.on)
    guard let place = AgendaPlace(of: file, in: stock, on: day) else {
      throw Failure(.usage, .noStatusMeeting)
    }
    let (meeting, standing) = (place.meeting, place.item)
    let meetingDay =
      meeting.day(Field.StatusMeeting.heldOn) ?? meeting.day(Field.StatusMeeting.plannedOn) ?? day
    let reference = session.called(file.id)
    guard let outcome else {
      let note = CaseWork.note(
        id: session.replica.newIdentifier(), in: file.id, about: session.ownSubjects(in: file),
        text: text ?? "", concerns: standing?.id ?? meeting.id, on: day)
      return try await save(
        [note], session, file, session.output.say(.itemNoted, reference, meetingDay.description),
        standing?.id, nil)
    }
    let drafts = close(
      standing, outcome, meeting, reasons(stock, file, day, session), try owner.map(session.person), file,
      session)
    try await save(
      drafts, session, file,
      session.output.say(
        .itemClosed, reference, meetingDay.description, session.output.label(outcome.rawValue)),
      drafts.first { $0.kind == .agendaItem }?.id, drafts.first { $0.kind == .task }?.id)
  }

  /// Why the case stands on the agenda, as the replica has it.
  private func reasons(
    _ stock: CaseStock, _ file: CaseFile, _ day: CalendarDay, _ session: Session
  ) -> [AgendaReason] {
    let agenda = StatusAgenda(
      of: stock, on: day, cadences: session.cadences(stock), workflows: session.workflows(stock))
    return agenda.entries.first { $0.caseID == file.id }?.reasons ?? []
  }

  private func close(
    _ standing: CaseRecord?, _ outcome: CaseWork.AgendaOutcome, _ meeting: CaseRecord,
    _ reasons: [AgendaReason], _ owner: Identifier?, _ file: CaseFile, _ session: Session
  ) -> [RecordDraft] {
    let day = session.day(step.on)
    let about = session.ownSubjects(in: file)
    var drafts: [RecordDraft]
    if let standing {
      // What others wrote there stays: more is said in a note.
      let isWritten = standing.text(Field.AgendaItem.text) != nil
      drafts = [CaseWork.close(standing, outcome: outcome, text: isWritten ? nil : text, on: day)]
      if isWritten, let text {
        drafts.append(
          CaseWork.note(
            id: session.replica.newIdentifier(), in: file.id, about: about, text: text,
            concerns: standing.id, on: day))
      }
    } else {
      drafts = [
        CaseWork.agendaItem(
          id: session.replica.newIdentifier(), in: file.id, about: about, meeting: meeting.id,
          reasons: reasons, outcome: outcome, text: text, on: day)
      ]
    }
    if let task, let owner {
      drafts.append(
        CaseWork.task(
          id: session.replica.newIdentifier(), in: file.id, about: about, title: task, owner: owner,
          due: due, status: owner == session.me ? .accepted : .requested, source: drafts[0].id, on: day))
    }
    return drafts
  }

  private func save(
    _ drafts: [RecordDraft], _ session: Session, _ file: CaseFile, _ line: String, _ item: Identifier?,
    _ task: Identifier?
  ) async throws {
    guard let first = drafts.first else { return }
    try await session.save(
      drafts, step.write, line,
      session.recorded(first, in: file).members + [
        ("item", JSON(item)), ("outcome", JSON(outcome?.rawValue)), ("task", JSON(task)),
      ])
  }
}
