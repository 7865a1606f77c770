public import CRDT

/// What was written down at a visit.
extension CaseWork {
  /// Makes of a form the records of one act: the contact with its early warning, notes on goals, tasks, and
  /// other notes.
  ///
  /// - Parameters:
  ///   - goals: the family's goals in the order in which the form numbers them.
  ///   - person: who made the visit.
  ///   - day: the day where the form names none.
  /// - Throws: `VisitFormError` with the line; then there are no drafts.
  public static func visit(
    _ form: VisitForm, in caseID: Identifier, about: [Identifier], goals: [CaseRecord],
    by person: Identifier, on day: CalendarDay, identify: () -> Identifier
  ) throws(VisitFormError) -> [RecordDraft] {
    var day = day
    for section in form.sections where section.heading == .day {
      guard let named = try? CalendarDay(section.text) else {
        throw VisitFormError(line: section.line, .badDay)
      }
      day = named
    }
    func text(_ heading: VisitForm.Heading) -> String? {
      form.sections.first { $0.heading == heading }?.text
    }
    var drafts: [RecordDraft] = []
    if form.sections.contains(where: { $0.heading != .day }) {
      drafts.append(
        contact(
          id: identify(), in: caseID, about: about, form: "home_visit", by: person, text: text(.contact),
          earlyWarning: text(.earlyWarning), on: day))
    }
    for section in form.sections {
      switch section.heading {
      case .day, .contact, .earlyWarning: break
      case .goal(let number):
        guard goals.indices.contains(number - 1) else {
          throw VisitFormError(line: section.line, .noGoal(number))
        }
        drafts.append(
          note(
            id: identify(), in: caseID, about: goals[number - 1].about, text: section.text,
            concerns: goals[number - 1].id, informationType: .plan, on: day))
      case .note:
        drafts.append(note(id: identify(), in: caseID, about: about, text: section.text, on: day))
      case .task:
        drafts.append(try task(section, identify(), caseID, about, source: drafts[0].id, on: day))
      }
    }
    guard !drafts.isEmpty else { throw VisitFormError(line: 0, .empty) }
    return drafts
  }

  /// A task of a line: what | by when | who, the last two as far as they are there.
  private static func task(
    _ section: VisitForm.Section, _ id: Identifier, _ caseID: Identifier, _ about: [Identifier],
    source: Identifier, on day: CalendarDay
  ) throws(VisitFormError) -> RecordDraft {
    let parts = section.text.split(separator: "|", omittingEmptySubsequences: false).map { part in
      String(part.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
    guard let title = parts.first, !title.isEmpty else {
      throw VisitFormError(line: section.line, .emptyTask)
    }
    var due: CalendarDay?
    if parts.count > 1, !parts[1].isEmpty {
      guard let named = try? CalendarDay(parts[1]) else {
        throw VisitFormError(line: section.line, .badDay)
      }
      due = named
    }
    var task = RecordDraft.new(.task, id: id, in: caseID, about: about)
    task.write(Field.Task.dueOn, due)
    task.write(Field.Task.title, title)
    task.write(Field.Task.ownerLabel, parts.dropFirst(2).first.flatMap { $0.isEmpty ? nil : $0 })
    task.write(Field.Task.status, "requested")
    task.write(Field.Task.source, source)
    task.write(Field.Task.createdOn, day)
    return task
  }
}
