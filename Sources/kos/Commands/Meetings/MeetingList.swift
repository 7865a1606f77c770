import ArgumentParser
import CRDT
import CaseModel

/// Lists a case's meetings.
struct MeetingList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Phrase("Vis en sags møder, og hvem der kommer.", "List a case's meetings, and who comes.").said)

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
        try session.members(meeting.record, stock) + [("standing", .string(meeting.standing.rawValue))])
      rows.append([
        String(place + 1), meeting.day?.description ?? "–", meeting.time?.shown ?? "",
        form(of: meeting, in: file, session), output.label(meeting.standing.rawValue),
        answers(to: meeting, in: file, stock, session),
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
