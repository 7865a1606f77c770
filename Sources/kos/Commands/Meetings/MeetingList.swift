import ArgumentParser
import CRDT
import CaseModel

/// Lists a case's meetings.
struct MeetingList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Phrase(
      "Vis en sags møder, hvem der kommer, og hvem der var der.",
      "List a case's meetings, who comes, and who was there."
    ).said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let stock = try session.replica.stock()
    let meetings = file.meetings
    try session.keepNumbers(of: meetings.map(\.record), in: .meetings)
    try session.open(meetings.map(\.record))
    let output = session.output
    var rows: [[String]] = []
    for (place, meeting) in meetings.enumerated() {
      output.object(
        try session.members(meeting.record, stock) + [
          ("standing", .string(meeting.standing.rawValue)),
          ("present", .array(present(at: meeting, in: file, stock, session).map { JSON($0) })),
        ])
      rows.append([
        String(place + 1), meeting.day?.description ?? "–", meeting.time?.shown ?? "",
        form(of: meeting, in: file, session), output.label(meeting.standing.rawValue),
        meeting.standing == .held
          ? presence(at: meeting, in: file, stock, session) : answers(to: meeting, in: file, stock, session),
      ])
    }
    output.table(rows)
  }

  private func form(of meeting: Meeting, in file: CaseFile, _ session: Session) -> String {
    let kind = session.kind(meeting.record.kind)
    guard meeting.record.kind == .analysisMeeting else { return kind }
    return kind + " "
      + session.output.say(file.isWithParents(meeting.record) ? .withParents : .withoutParents)
  }

  /// Who was at a meeting that was held: who said that she comes may have stayed away.
  private func presence(
    at meeting: Meeting, in file: CaseFile, _ stock: CaseStock, _ session: Session
  ) -> String {
    let names = present(at: meeting, in: file, stock, session)
    guard !names.isEmpty else { return session.output.say(.presenceUnknown) }
    return session.output.say(.werePresent, names.joined(separator: ", "))
  }

  /// Who was there, each once: who is named as a person may be named by part, too.
  private func present(
    at meeting: Meeting, in file: CaseFile, _ stock: CaseStock, _ session: Session
  ) -> [String] {
    let persons = meeting.present.map { session.title(of: $0, stock, in: file.id) }
    let others = meeting.alsoPresent.map { session.output.label($0) }
    return (persons + others).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
  }

  private func answers(
    to meeting: Meeting, in file: CaseFile, _ stock: CaseStock, _ session: Session
  ) -> String {
    let groups: [(Phrase, [Identifier])] = [
      (.comes, meeting.accepted), (.comesNot, meeting.refused), (.unanswered, meeting.unanswered),
    ]
    return groups.filter { !$0.1.isEmpty }.map { phrase, persons in
      let names = persons.map { session.title(of: $0, stock, in: file.id) }.joined(separator: ", ")
      return "\(session.output.say(phrase)): \(names)"
    }.joined(separator: "; ")
  }
}
