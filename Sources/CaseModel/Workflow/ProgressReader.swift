import CRDT

/// Reads how far a case has come: one use, one day.
struct ProgressReader {
  let file: CaseFile
  let workflow: Workflow
  let day: CalendarDay
  let surroundings: CaseProgress.Surroundings
  let isClosed: Bool

  /// When each round began, and which major change set it off. Two that were confirmed on one day are one
  /// round: whoever was offline meant the same situation. What was written before the change was confirmed,
  /// and happened on the same day, is of the round before.
  let starts: [Start]

  /// How a round began.
  struct Start {
    let day: CalendarDay?
    let cause: Identifier?
    /// When it was written that the change repeats steps, by the clock of its author.
    var instant: Int64?
  }

  /// The days on which steps were finished, by code, of all rounds.
  private var finishes: [String: [CalendarDay]] = [:]

  init(
    file: CaseFile, workflow: Workflow, day: CalendarDay, surroundings: CaseProgress.Surroundings
  ) {
    self.file = file
    self.workflow = workflow
    self.day = day
    self.surroundings = surroundings
    let status = file.status(at: day)
    isClosed = status == .discharged || status == .declined
    let opened =
      file.head?.day(Field.Case.openedOn) ?? file.all(.inquiry).first?.day(Field.Inquiry.receivedOn)
    var starts = [Start(day: opened, cause: nil)]
    if !workflow.repeatedSteps.isEmpty {
      for change in Self.confirmed(file, by: day) where change.day != starts.last?.day || starts.count == 1 {
        starts.append(Start(day: change.day, cause: change.id, instant: change.instant))
      }
    }
    self.starts = starts
  }

  /// The major changes that a person had confirmed by a day, in order.
  private static func confirmed(
    _ file: CaseFile, by day: CalendarDay
  ) -> [(day: CalendarDay, id: Identifier, instant: Int64?)] {
    file.all(.majorChange).compactMap { change -> (day: CalendarDay, id: Identifier, instant: Int64?)? in
      guard change.boolean(Field.MajorChange.isConfirmed) == true,
        let decided = change.day(Field.MajorChange.decidedOn) ?? change.day(Field.MajorChange.happenedOn),
        decided <= day
      else { return nil }
      return (decided, change.id, change.writtenAt(Field.MajorChange.isConfirmed))
    }.sorted { ($0.day, $0.id) < ($1.day, $1.id) }
  }

  // MARK: The start

  mutating func readRounds() -> [CaseProgress.Round] {
    let steps = workflow.startSteps
    var rounds: [CaseProgress.Round] = []
    for (place, start) in starts.enumerated() {
      let own = place == 0 ? steps : steps.filter { workflow.repeatedSteps.contains($0.code) }
      rounds.append(
        CaseProgress.Round(
          number: place + 1, startedOn: start.day, cause: start.cause,
          steps: read(own, round: place + 1, from: start.day)))
    }
    return rounds
  }

  /// What is found of a step before it is known what comes after it.
  private struct Finding {
    let step: WorkflowStep
    let evidence: StepEvidence
    let said: StepRecords
    /// Whether the case's situation asks for it at all.
    let isNeeded: Bool
    var finishedOn: CalendarDay? { said.completedOn ?? evidence.doneOn ?? said.skippedOn }
    var isSkipped: Bool { said.completedOn == nil && evidence.doneOn == nil && said.skippedOn != nil }
    var hasBegun: Bool { said.startedOn != nil || evidence.hasBegun }
    var isMandatory: Bool { !step.isOptional && isNeeded }
  }

  /// How a step stands, before anybody asks what holds it up and who sees to it.
  private struct Standing {
    var state = StepProgress.State.notBegun
    var since: CalendarDay?
    var readyOn: CalendarDay?
  }

  private mutating func read(
    _ steps: [WorkflowStep], round: Int, from start: CalendarDay?
  ) -> [StepProgress] {
    let findings = find(steps, round: round)
    return zip(findings, standings(findings, round: round, from: start)).map { finding, standing in
      progress(finding, standing, round: round)
    }
  }

  private mutating func find(_ steps: [WorkflowStep], round: Int) -> [Finding] {
    let findings = steps.map { step in
      Finding(
        step: step, evidence: evidence(of: step, round: round), said: said(of: step, round: round),
        isNeeded: isNeeded(step, round: round))
    }
    for finding in findings {
      if let day = finding.finishedOn { finishes[finding.step.code, default: []].append(day) }
    }
    return findings
  }

  private func standings(_ findings: [Finding], round: Int, from start: CalendarDay?) -> [Standing] {
    let lastTaken = findings.lastIndex { $0.isMandatory && ($0.finishedOn != nil || $0.hasBegun) } ?? -1
    return findings.indices.map { place in
      let finding = findings[place]
      let isOver = isClosed || (round < starts.count && workflow.repeatedSteps.contains(finding.step.code))
      return standing(
        finding, ready: readyOn(place, in: findings, from: start), isOver: isOver,
        isPassed: place < lastTaken)
    }
  }

  /// The first open step of the start of a case without repetitions. What stands behind it is not read.
  mutating func firstOpenOfOnlyRound() -> StepProgress? {
    let findings = find(workflow.startSteps, round: 1)
    let standings = standings(findings, round: 1, from: starts.first?.day)
    for (finding, standing) in zip(findings, standings) where standing.state.isOpen {
      return progress(finding, standing, round: 1)
    }
    return nil
  }

  /// From which day on a step could be taken. What comes before it holds it up only while it is not done; one
  /// that was done all the same was ready after what was done by then.
  private func readyOn(_ place: Int, in findings: [Finding], from start: CalendarDay?) -> CalendarDay? {
    let finding = findings[place]
    var earlier = findings[..<place]
    if let after = finding.step.after {
      guard earlier.contains(where: { $0.step.code == after }) else {
        // It is not part of this round, and was done before it.
        return finishes[after]?.min().map { max($0, start ?? $0) }
      }
      earlier = earlier.filter { $0.step.code == after }[...]
    }
    if let finished = finding.finishedOn {
      let days = earlier.compactMap(\.finishedOn).filter { $0 <= finished } + [start].compactMap { $0 }
      return days.filter { $0 <= finished }.max() ?? finished
    }
    guard !earlier.contains(where: { $0.finishedOn == nil && $0.isMandatory }) else { return nil }
    return (earlier.compactMap(\.finishedOn) + [start].compactMap { $0 }).max()
  }

  private func standing(
    _ finding: Finding, ready: CalendarDay?, isOver: Bool, isPassed: Bool
  ) -> Standing {
    var standing = Standing(readyOn: ready)
    if let finished = finding.finishedOn {
      (standing.state, standing.since) = (finding.isSkipped ? .skipped : .done, finished)
    } else if isOver {
      standing.state = .notDue
    } else if finding.hasBegun {
      standing.state = .inProgress
      standing.since = finding.said.startedOn ?? finding.evidence.begunOn ?? ready
    } else if !finding.isNeeded || (finding.step.isOptional && isPassed) {
      standing.state = .notDue
    } else if let ready {
      (standing.state, standing.since) = (.waiting, ready)
    }
    return standing
  }

  private func progress(_ finding: Finding, _ standing: Standing, round: Int) -> StepProgress {
    let end = finding.finishedOn ?? (standing.state.isOpen ? day : nil)
    return StepProgress(
      step: finding.step, round: round, state: standing.state, since: standing.since,
      readyOn: standing.readyOn, dueOn: nil, lastOn: nil,
      waitingDays: standing.readyOn.flatMap { ready in end.map { max(0, $0.days(since: ready)) } },
      gates: gates(of: finding.step, round: round, at: finding.finishedOn ?? day),
      responsible: responsible(for: finding.step, finding.said), records: finding.said.ids)
  }

  // MARK: Operation

  func readOperation(where isMeant: (WorkflowStep) -> Bool = { _ in true }) -> [StepProgress] {
    workflow.operationSteps.filter(isMeant).map(operationProgress)
  }

  private func operationProgress(_ step: WorkflowStep) -> StepProgress {
    let evidence = evidence(of: step, round: nil)
    let said = said(of: step, round: nil)
    let last = [evidence.lastOn, said.lastCompletedOn].compactMap { $0 }.max()
    let anchor = anchor(of: step)
    let due = due(step, since: last ?? anchor)
    var state = StepProgress.State.notBegun
    var since: CalendarDay?
    if isClosed {
      state = .notDue
    } else if let open = oldestOpen(for: step) {
      (state, since) = (.waiting, open)
    } else if let started = said.startedOn, started > last ?? .min {
      (state, since) = (.inProgress, started)
    } else if let due, due < day {
      (state, since) = (.waiting, due)
    } else if last != nil || anchor != nil {
      state = .notDue
    }
    return StepProgress(
      step: step, round: 1, state: state, since: since, readyOn: anchor, dueOn: isClosed ? nil : due,
      lastOn: last, waitingDays: state == .waiting ? since.map { max(0, day.days(since: $0)) } : nil,
      gates: gates(of: step, round: nil, at: day), responsible: responsible(for: step, said),
      records: said.ids)
  }

  /// By when something is to be done again. Contacts and follow-ups are judged by their clocks, as they are
  /// wherever else it is told what is due.
  private func due(_ step: WorkflowStep, since last: CalendarDay?) -> CalendarDay? {
    let cadences = workflow.cadences
    switch step.code {
    case cadences.contactStep:
      return ContactClock(file, interruptions: surroundings.interruptions, cadences: cadences, on: day).clock
        .dueOn
    case cadences.followUpStep:
      return FollowUpClock(file, interruptions: surroundings.interruptions, cadences: cadences, on: day).clock
        .dueOn
    default: return step.cadence.flatMap { cadence in last.map(cadence.due) }
    }
  }

  /// From which day on something is due again and again.
  private func anchor(of step: WorkflowStep) -> CalendarDay? {
    if let after = step.after { return finishes[after]?.min() }
    let needed = workflow.startSteps.filter { !$0.isOptional && $0.condition == nil }
    let days = needed.compactMap { finishes[$0.code]?.min() }
    return days.count == needed.count ? days.max() : nil
  }

  /// News that nobody has triaged, for the step that triages (R31).
  private func oldestOpen(for step: WorkflowStep) -> CalendarDay? {
    guard step.shownBy.contains(.triage) else { return nil }
    return file.openUpdates.compactMap { $0.day(Field.ExternalUpdate.observedOn) }.filter { $0 <= day }.min()
  }

  private func responsible(for step: WorkflowStep, _ said: StepRecords) -> StepProgress.Responsible {
    let isAllocated = file.allocation?.happenedOn.map { $0 <= day } == true
    let coordinator =
      isAllocated && step.responsible.parts.contains(.familyCoordinator) ? file.coordinator : nil
    return StepProgress.Responsible(
      parts: step.responsible.parts, text: step.responsible.text, person: said.responsible ?? coordinator)
  }
}
