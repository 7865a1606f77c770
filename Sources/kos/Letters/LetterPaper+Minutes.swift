import CRDT
import CaseModel

/// The minutes of a meeting: who was there, what came of it, what was written (R13, R21, R24, R34).
extension LetterPaper {
  /// The page.
  ///
  /// - Throws: `Failure` when the meeting itself may not be told to the reader.
  mutating func minutesPage(of meeting: CaseRecord, to recipient: String?) throws -> Page {
    guard let fields = MeetingFields.of(meeting.kind), !take([meeting]).isEmpty else {
      throw Failure(.refused, .letterNotReleased)
    }
    let kind = words.label(meeting.kind.definition?.name ?? "").capitalisedFirst
    let title = say(.minutesTitle, kind, date(meeting.day(fields.heldOn)))
    var content = head(title, to: recipient)
    let named =
      meeting.identifiers(fields.participants).map { name($0) }
      + meeting.texts(fields.attendees).map { words.label($0) }
    // Who is named as a person may be named by part too.
    let persons = named.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    content.append(.element(.heading, say(.minutesWho)))
    content.append(
      persons.isEmpty
        ? .element(.paragraph, "–") : .element(.list, persons.map { .element(.item, $0) }))
    if meeting.kind == .analysisMeeting {
      // That they were there is only told where somebody is named who was.
      if file.isWithParents(meeting) {
        content.append(.element(.paragraph, say(.minutesWithParents)))
      } else if meeting.boolean(Field.AnalysisMeeting.withParents) == false {
        content.append(.element(.paragraph, say(.minutesWithoutParents)))
      }
    }
    if meeting.kind == .analysisMeeting, let outcome = meeting.text(Field.AnalysisMeeting.outcome) {
      content += [.element(.heading, say(.minutesOutcome)), .element(.paragraph, words.label(outcome))]
    }
    let notes = take(file.all(.note).filter { $0.identifier(Field.Note.concerns) == meeting.id })
    content.append(.element(.heading, say(.minutesText)))
    if notes.isEmpty { content.append(.element(.paragraph, say(.minutesNone))) }
    for note in notes {
      if let title = note.text(Field.Note.title) {
        content.append(.element(.paragraph, [.element(.strong, title)]))
      }
      content += PageNode.paragraphs(note.text(Field.Note.text) ?? "")
    }
    content += asked(at: meeting)
    return Page(title: title, language: words.language.rawValue, content: content + foot())
  }

  /// The information that was asked for at the meeting.
  private mutating func asked(at meeting: CaseRecord) -> [PageNode] {
    let requests = take(
      file.all(.informationRequest).filter {
        $0.identifier(Field.InformationRequest.meeting) == meeting.id
      })
    guard !requests.isEmpty else { return [] }
    let rows = requests.map { request in
      let from =
        request.identifier(Field.InformationRequest.recipient).map { name($0) }
        ?? request.text(Field.InformationRequest.recipientLabel) ?? "–"
      return [
        request.text(Field.InformationRequest.what).map { words.label($0) } ?? "–", from,
        date(request.day(Field.InformationRequest.dueOn)),
      ]
    }
    return [.table(say(.minutesAsked), [say(.taskWhat), say(.minutesFrom), say(.taskWhen)], rows)]
  }
}
