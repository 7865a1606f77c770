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
      guard let named = try? CalendarDay(section.text), named.isWithinReach(of: day) else {
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

  /// The day under which the case holds everything that the drafts of a visit say, so that a form that is
  /// read a second time is noticed; `nil` when something of it is new.
  ///
  /// What has been changed since, such as how far a task came, is not compared; words and days are.
  public static func dayRecorded(_ drafts: [RecordDraft], in file: CaseFile) -> CalendarDay? {
    let isThere = drafts.allSatisfy { draft in
      let said = words(of: CaseRecord(draft, over: nil, by: draft.id, at: 0))
      return file.all(draft.kind).contains { record in
        let standing = words(of: record)
        return said.allSatisfy { standing[$0.key] == $0.value }
      }
    }
    guard isThere, let first = drafts.first else { return nil }
    return CaseRecord(first, over: nil, by: first.id, at: 0).happenedOn
  }

  /// What a person wrote into a record, by field.
  private static func words(of record: CaseRecord) -> [FieldID: Value] {
    let fields = (record.kind.definition?.fields ?? []).filter { field in
      [.text, .label, .day].contains(field.valueType) && field.kind != .set
    }
    return Dictionary(
      fields.compactMap { field in record.value(field).map { (field.id, $0) } },
      uniquingKeysWith: { first, _ in first })
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
      guard let named = try? CalendarDay(parts[1]), named.isWithinReach(of: day) else {
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
