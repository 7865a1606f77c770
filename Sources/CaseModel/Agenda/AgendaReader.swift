import CRDT

/// Finds out why a case stands on an agenda.
struct AgendaReader {
  let since: AgendaSince?
  let day: CalendarDay
  let lastMeeting: Identifier?
  let cadences: Cadences
  let interruptions: Interruptions
  let workflows: CaseWorkflows?

  /// Reasons with the records that show them.
  private typealias Found = [AgendaReason: [CaseRecord]]

  /// The case's entry; `nil` when it is not enrolled, or nothing has developed.
  func entry(of file: CaseFile) -> StatusAgenda.Entry? {
    let history = file.enrolmentHistory
    guard file.status(at: day, history: history) == .enrolled else { return nil }
    let carried = file.all(.agendaItem).filter { item in
      item.identifier(Field.AgendaItem.meeting) == lastMeeting && lastMeeting != nil
        && item.text(Field.AgendaItem.outcome) == nil
    }
    var found: Found = [:]
    events(file, &found)
    meetings(file, &found)
    duties(file, history, &found)
    // Several may have opened an item; one outcome closes the case.
    if !carried.isEmpty, !hasOutcome(file) { found[.carriedOver] = carried }
    guard !found.isEmpty else { return nil }
    return StatusAgenda.Entry(
      caseID: file.id, reasons: found.keys.sorted(),
      records: Set(found.values.joined().map(\.id)).sorted(), carried: found[.carriedOver] ?? [])
  }

  private func hasOutcome(_ file: CaseFile) -> Bool {
    file.all(.agendaItem).contains { item in
      item.identifier(Field.AgendaItem.meeting) == lastMeeting
        && item.text(Field.AgendaItem.outcome) != nil
    }
  }

  /// Whether something that happened on a day, by a record, is new. What lies ahead has not happened.
  private func isNew(_ happened: CalendarDay?, _ record: CaseRecord) -> Bool {
    if let happened, happened > day { return false }
    return since?.isNew(happened, record) ?? true
  }

  private func new(_ records: [CaseRecord], _ field: FieldDefinition) -> [CaseRecord] {
    records.filter { record in record.day(field).map { isNew($0, record) } ?? false }
  }

  private func events(_ file: CaseFile, _ found: inout Found) {
    let updates = file.updates.filter { isNew($0.day(Field.ExternalUpdate.observedOn), $0) }
    let goals = file.all(.goal).filter { isNew($0.day(Field.Goal.setOn), $0) }
    let warnings = new(file.contacts, Field.Contact.heldOn)
      .filter { $0.text(Field.Contact.earlyWarning) != nil }
    let decisions = file.all(.decision).filter(\.isIssued).filter { decision in
      decision.issuedOn.map { isNew($0, decision) } ?? false
        || decision.day(Field.Decision.deliveredOn).map { isNew($0, decision) } ?? false
    }
    for (reason, records) in [
      (AgendaReason.newCase, new(file.all(.enrolment), Field.Enrolment.enrolledOn)),
      (.contactEarlyWarning, warnings),
      // News that nobody triaged is news until somebody does.
      (.update, updates + file.openUpdates),
      (.majorChange, file.all(.majorChange).filter { isNew($0.day(Field.MajorChange.happenedOn), $0) }),
      (.informationArrived, new(file.all(.informationRequest), Field.InformationRequest.receivedOn)),
      (.assessment, file.assessments.filter { isNew($0.day(Field.Assessment.heldOn), $0) }),
      (.plan, new(file.all(.plan), Field.Plan.agreedOn) + goals),
      (.decision, decisions),
    ] where !records.isEmpty { found[reason, default: []] += records }
  }

  private func meetings(_ file: CaseFile, _ found: inout Found) {
    for (reason, records) in [
      (AgendaReason.assessment, new(file.all(.assessmentMeeting), Field.AssessmentMeeting.heldOn)),
      (.analysisMeeting, new(file.all(.analysisMeeting), Field.AnalysisMeeting.heldOn)),
      (.followUp, new(file.all(.followUpMeeting), Field.FollowUpMeeting.heldOn)),
    ] where !records.isEmpty { found[reason, default: []] += records }
  }

  private func duties(_ file: CaseFile, _ history: EnrolmentHistory, _ found: inout Found) {
    let (spans, cadences) = (history.spans, workflows?.cadences(of: file) ?? cadences)
    // Who holds no content of a case cannot say that a contact is missing.
    let isKnown = !file.contacts.isEmpty || file.records.keys.contains { !$0.isMilestone }
    let contact = ContactClock(
      file, spans: spans, interruptions: interruptions, cadences: cadences, on: day
    ).clock
    if isKnown, contact.overdueDays > 0 { found[.overdueContact] = [] }
    let followUp = FollowUpClock(
      file, spans: spans, interruptions: interruptions, cadences: cadences, on: day
    ).clock
    if followUp.overdueDays > 0 { found[.overdueFollowUp] = [] }
    let late = file.all(.task).filter { task in
      TaskStatus(of: task)?.isOpen == true && (task.day(Field.Task.dueOn) ?? .max) < day
    }
    if !late.isEmpty { found[.overdueTask] = late }
    let disagreeing = file.records.values.joined().filter { record in
      record.state.conflicts.contains { Set(record.state.values($0).map(\.value)).count > 1 }
    }
    if !disagreeing.isEmpty { found[.conflict] = disagreeing }
  }
}
