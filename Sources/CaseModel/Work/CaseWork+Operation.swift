public import CRDT

/// The case in operation.
extension CaseWork {
  /// Logs a contact with the family (R32); an early warning says what may turn out badly (R33).
  public static func contact(
    id: Identifier, in caseID: Identifier, about: [Identifier] = [], form: String, by person: Identifier?,
    text: String? = nil, earlyWarning: String? = nil, on day: CalendarDay
  ) -> RecordDraft {
    var contact = RecordDraft.new(.contact, id: id, in: caseID, about: about)
    contact.write(Field.Contact.heldOn, day)
    contact.write(Field.Contact.form, form)
    contact.write(Field.Contact.by, person)
    contact.write(Field.Contact.text, text)
    contact.write(Field.Contact.earlyWarning, earlyWarning)
    return contact
  }

  /// Records a major change in the family's life; whether steps repeat, a person decides (R36–R38).
  public static func majorChange(
    id: Identifier, in caseID: Identifier, about: [Identifier] = [], trigger: String, on day: CalendarDay
  ) -> RecordDraft {
    var change = RecordDraft.new(.majorChange, id: id, in: caseID, about: about)
    change.write(Field.MajorChange.trigger, trigger)
    change.write(Field.MajorChange.happenedOn, day)
    return change
  }

  /// Decides whether a major change repeats steps 2–7, with the reason (R38).
  public static func decide(
    majorChange: CaseRecord, repeatsSteps: Bool, reason: String, on day: CalendarDay
  ) -> RecordDraft {
    var change = RecordDraft.change(majorChange)
    change.write(Field.MajorChange.isConfirmed, repeatsSteps)
    change.write(Field.MajorChange.reason, reason)
    change.write(Field.MajorChange.decidedOn, day)
    return change
  }

  /// Writes a note, which may comment on another record.
  public static func note(
    id: Identifier, in caseID: Identifier, about: [Identifier] = [], text: String, title: String? = nil,
    concerns record: Identifier? = nil, informationType: InformationType? = nil, on day: CalendarDay
  ) -> RecordDraft {
    var note = RecordDraft.new(
      .note, id: id, in: caseID, about: about, informationType: informationType)
    note.write(Field.Note.text, text)
    note.write(Field.Note.title, title)
    note.write(Field.Note.writtenFor, day)
    note.write(Field.Note.concerns, record)
    return note
  }

  /// Edits what a note says: makes it another text by what differs, so that what others write in it at the
  /// same time stays. Nothing is drafted when nothing differs.
  public static func edit(note: CaseRecord, to text: String) -> [RecordDraft] {
    var editor = TextEditor(note.state.text(Field.Note.text.id))
    editor.replace(with: text)
    var draft = RecordDraft.change(note)
    draft.edit(Field.Note.text, editor.finish())
    return draft.operations.isEmpty ? [] : [draft]
  }

  /// The note that keeps the free text of a milestone where only those who take part read it; none without a
  /// text.
  public static func comment(
    on draft: RecordDraft, _ text: String?, _ day: CalendarDay, id: () -> Identifier
  ) -> [RecordDraft] {
    guard let text, let caseID = draft.caseID else { return [] }
    return [note(id: id(), in: caseID, about: draft.about, text: text, concerns: draft.id, on: day)]
  }
}
