import CRDT

/// What a case's records show of a step.
struct StepEvidence {
  /// The first day on which they show that it is done, its gates holding.
  var doneOn: CalendarDay?
  /// The last such day.
  var lastOn: CalendarDay?
  /// Whether they show that it began.
  var hasBegun = false
  /// The day on which it began, where they tell.
  var begunOn: CalendarDay?

  fileprivate mutating func begin(_ day: CalendarDay?) {
    hasBegun = true
    if let day { begunOn = min(begunOn ?? day, day) }
  }
}

/// What people said of a step itself.
struct StepRecords {
  var startedOn: CalendarDay?
  var completedOn: CalendarDay?
  var lastCompletedOn: CalendarDay?
  var skippedOn: CalendarDay?
  var responsible: Identifier?
  var ids: [Identifier] = []
}

extension ProgressReader {
  /// Whether a day belongs to a round; `nil` is any. Of the day on which a round began, when something was
  /// written tells: what stood there before is what the change overtook.
  private func lies(
    _ other: CalendarDay, in round: Int?, _ step: WorkflowStep, writtenAt instant: Int64? = nil
  ) -> Bool {
    guard other <= day else { return false }
    guard let round, workflow.repeatedSteps.contains(step.code) else { return true }
    func precedes(_ start: Start) -> Bool {
      guard let day = start.day else { return false }
      guard other == day, let instant, let began = start.instant else { return other < day }
      return instant < began
    }
    if round > 1, precedes(starts[round - 1]) { return false }
    guard round < starts.count, starts[round].day != nil else { return true }
    return precedes(starts[round])
  }

  // MARK: What people say of the step

  func said(of step: WorkflowStep, round: Int?) -> StepRecords {
    var said = StepRecords()
    for record in file.all(.step) where record.text(Field.Step.step) == step.code {
      guard round == nil || self.round(of: record, step) == round else { continue }
      func day(_ field: FieldDefinition) -> CalendarDay? {
        record.day(field).flatMap { $0 <= self.day ? $0 : nil }
      }
      said.ids.append(record.id)
      said.startedOn = [said.startedOn, day(Field.Step.startedOn)].compactMap { $0 }.min()
      said.completedOn = [said.completedOn, day(Field.Step.completedOn)].compactMap { $0 }.min()
      said.lastCompletedOn = [said.lastCompletedOn, day(Field.Step.completedOn)].compactMap { $0 }.max()
      said.skippedOn = [said.skippedOn, day(Field.Step.skippedOn)].compactMap { $0 }.min()
      said.responsible = record.identifier(Field.Step.responsible) ?? said.responsible
    }
    return said
  }

  /// The round that a record of a step speaks of. One that is not there any more, or was never, is the
  /// nearest that is: what somebody said of the step stays in sight.
  private func round(of record: CaseRecord, _ step: WorkflowStep) -> Int {
    guard workflow.repeatedSteps.contains(step.code) else { return 1 }
    return Int(min(max(record.integer(Field.Step.round) ?? 1, 1), Int64(starts.count)))
  }

  // MARK: What records show

  func evidence(of step: WorkflowStep, round: Int?) -> StepEvidence {
    var evidence = StepEvidence()
    var days: [CalendarDay] = []
    for kind in step.shownBy {
      if kind == .informationRequest {
        read(requests(for: step, round), into: &evidence, &days)
      } else if kind == .statusMeeting {
        days += surroundings.statusMeetings.filter { lies($0, in: round, step) }
      } else {
        for record in file.all(kind) where counts(record, for: step) {
          let shown = shows(record)
          if let done = shown.done, lies(done, in: round, step, writtenAt: whenShown(record)) {
            days.append(done)
          } else if let begun = shown.begun, lies(min(begun, day), in: round, step) {
            evidence.begin(begun <= day ? begun : nil)
          }
        }
      }
    }
    for kind in step.begunBy {
      for record in file.all(kind) {
        if let begun = record.happenedOn, lies(begun, in: round, step) { evidence.begin(begun) }
      }
    }
    days.sort()
    let holding = days.filter { day in
      gates(of: step, round: round, at: day).allSatisfy { $0.isOpen || $0.gate.isFilter }
    }
    evidence.doneOn = holding.first
    evidence.lastOn = holding.last
    if holding.isEmpty, let first = days.first { evidence.begin(first) }
    return evidence
  }

  /// Whether a record is one of those that the step's gates let count.
  private func counts(_ record: CaseRecord, for step: WorkflowStep) -> Bool {
    let withParents = record.boolean(Field.AnalysisMeeting.withParents)
    return step.gates.allSatisfy { gate in
      switch gate {
      case .withParents: file.isWithParents(record)
      // Who did not say that the parents were there held it without them.
      case .withoutParents: record.kind != .analysisMeeting || withParents != true
      case .fromAnalysis: record.kind != .informationRequest || isFromAnalysis(record)
      case .beforeAnalysis: record.kind != .informationRequest || !isFromAnalysis(record)
      case .lawfulBasis, .bothLegalAreas: true
      }
    }
  }

  private func isFromAnalysis(_ request: CaseRecord) -> Bool {
    request.identifier(Field.InformationRequest.meeting) != nil
  }

  /// The days on which a record shows that something began and was done. Of a meeting that is called it is
  /// the day for which it is, which may be one to come.
  private func shows(_ record: CaseRecord) -> (begun: CalendarDay?, done: CalendarDay?) {
    switch record.kind {
    case .assessmentMeeting, .analysisMeeting, .followUpMeeting: meeting(record)
    case .decision:
      record.hasElements(Field.Decision.withdrawn) || !record.isIssued
        ? (nil, nil)
        : (
          record.issuedOn.flatMap { $0 <= day ? $0 : nil },
          record.day(Field.Decision.deliveredOn)
        )
    // A later allocation overwrites the day of the first; the participations of those who had it tell it.
    case .allocation: (nil, ([record.happenedOn].compactMap { $0 } + formerCoordinatorsDays).min())
    default: (nil, record.happenedOn)
    }
  }

  /// When it was written what shows that a step is done: of what is called or prepared first, when its end
  /// was.
  private func whenShown(_ record: CaseRecord) -> Int64 {
    let field: FieldDefinition? =
      switch record.kind {
      case .assessmentMeeting: Field.AssessmentMeeting.heldOn
      case .analysisMeeting: Field.AnalysisMeeting.heldOn
      case .followUpMeeting: Field.FollowUpMeeting.heldOn
      case .decision: Field.Decision.deliveredOn
      default: nil
      }
    return field.flatMap(record.writtenAt) ?? record.created
  }

  private func meeting(_ record: CaseRecord) -> (begun: CalendarDay?, done: CalendarDay?) {
    guard let meeting = Meeting(record) else { return (nil, nil) }
    if let held = meeting.heldOn { return (nil, held) }
    if let cancelled = meeting.cancelledOn, cancelled <= day { return (nil, nil) }
    return (meeting.plannedOn, nil)
  }

  private var formerCoordinatorsDays: [CalendarDay] {
    file.all(.participant).compactMap { record in
      guard let part = Participation(record), part.role == .familyCoordinator, !part.isActive else {
        return nil
      }
      return record.day(Field.Participant.since)
    }
  }

  // MARK: Requests

  /// The requests that a step counts.
  private func requests(for step: WorkflowStep, _ round: Int?) -> [CaseRecord] {
    file.all(.informationRequest).filter { request in
      guard counts(request, for: step), let asked = request.day(Field.InformationRequest.requestedOn) else {
        return false
      }
      return lies(asked, in: round, step)
    }
  }

  /// Requests show that a step is done once none of them is open.
  private func read(
    _ requests: [CaseRecord], into evidence: inout StepEvidence, _ days: inout [CalendarDay]
  ) {
    let closed = requests.compactMap(closedOn)
    for request in requests { evidence.begin(request.day(Field.InformationRequest.requestedOn)) }
    if closed.count == requests.count, let last = closed.max() { days.append(last) }
  }

  /// The day on which what was asked for came, or it was decided to do without; `nil` while it is open.
  private func closedOn(_ request: CaseRecord) -> CalendarDay? {
    InformationRequest(request)?.closedOn.flatMap { $0 <= day ? $0 : nil }
  }

  // MARK: Gates and conditions

  /// Whether the case's situation asks for a step.
  func isNeeded(_ step: WorkflowStep, round: Int) -> Bool {
    switch step.condition {
    case nil: return true
    case .missingInformation:
      let held = file.all(.analysisMeeting).last { meeting in
        meeting.day(Field.AnalysisMeeting.heldOn).map { lies($0, in: round, step) } == true
      }
      if held?.text(Field.AnalysisMeeting.outcome) == Code.missingInformation { return true }
      return file.all(.informationRequest).contains { request in
        isFromAnalysis(request)
          && request.day(Field.InformationRequest.requestedOn).map { lies($0, in: round, step) } == true
      }
    }
  }

  /// How a step's gates stand for what was done on a day.
  func gates(of step: WorkflowStep, round: Int?, at moment: CalendarDay) -> [GateStanding] {
    step.gates.map { gate in
      switch gate {
      case .lawfulBasis:
        let open = file.all(.informationRequest).filter { request in
          guard let asked = request.day(Field.InformationRequest.requestedOn), asked <= moment else {
            return false
          }
          return closedOn(request) == nil
        }
        return GateStanding(gate: gate, missing: open.map { .request($0.id) })
      case .bothLegalAreas:
        let present = Set(assessors(step, round).compactMap { surroundings.legalAreas[$0] })
        let missing = LegalArea.missing(beside: present)
        return GateStanding(gate: gate, missing: missing.map { .legalArea($0) })
      case .withParents, .withoutParents:
        return GateStanding(
          gate: gate, missing: isShown(step, by: .analysisMeeting, round) ? [] : [.record(.analysisMeeting)])
      case .fromAnalysis, .beforeAnalysis:
        return GateStanding(
          gate: gate, missing: requests(for: step, round).isEmpty ? [.record(.informationRequest)] : [])
      }
    }
  }

  private func isShown(_ step: WorkflowStep, by kind: RecordKind, _ round: Int?) -> Bool {
    file.all(kind).contains { record in
      counts(record, for: step) && shows(record).done.map { lies($0, in: round, step) } == true
    }
  }

  /// Who assessed in a round.
  private func assessors(_ step: WorkflowStep, _ round: Int?) -> [Identifier] {
    file.assessors { day in day.map { lies($0, in: round, step) } == true }
  }
}

extension CaseRecord {
  /// When what stands in a field was written, in milliseconds since 1970 by its author's clock; `nil` where
  /// nothing does.
  func writtenAt(_ field: FieldDefinition) -> Int64? {
    (state.values(field.id) + [state.decided(field.id)].compactMap { $0 }).map(\.context.writtenAt).max()
  }
}
