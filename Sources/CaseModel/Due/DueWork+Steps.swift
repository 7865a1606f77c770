import CRDT

/// The step at which a case waits for somebody (R59, R69).
extension DueWork {
  /// How many days a step may wait before it is told, where its workflow says nothing of it.
  private static let patience = 14

  /// The case's current step, where it has waited for her longer than it should.
  ///
  /// A case is only looked at where she may be the one: it is the dearest of all that is judged here.
  ///
  /// - Parameter known: what the case asks of her besides, which is not told twice.
  func waitingStep(_ file: CaseFile, besides known: [DueItem]) -> [DueItem] {
    guard let workflows, let surroundings, role.isStaff || role == .analysisTeam, mayConcern(file),
      let step = CaseProgress.next(
        file, workflow: workflows.workflow(of: file), on: day, surroundings: surroundings,
        operation: { !Self.hasList(of: $0) }),
      step.state.isOpen, let since = step.since, isHers(step, file), !isTold(step, known)
    else { return [] }
    let patience = step.step.cadence.map { $0.due(after: since) } ?? (try? since.adding(days: Self.patience))
    guard let patience, patience < day else { return [] }
    return [DueItem(waitingFor: step.step.code, since: since, in: file.id, on: day)]
  }

  /// Whether a step of the case may be hers at all.
  private func mayConcern(_ file: CaseFile) -> Bool {
    if file.coordinator == person || file.coordinator == nil && role == .leader { return true }
    return file.all(.step).contains { $0.identifier(Field.Step.responsible) == person }
  }

  /// Whether she sees to a step: as the person who is named for it, as the case's coordinator, and as a
  /// leader where there is neither.
  private func isHers(_ step: StepProgress, _ file: CaseFile) -> Bool {
    guard let responsible = step.responsible.person ?? file.coordinator else { return role == .leader }
    return responsible == person
  }

  /// Whether another item says the same: nobody is told twice to allocate a case.
  private func isTold(_ step: StepProgress, _ known: [DueItem]) -> Bool {
    step.step.shownBy.contains(.allocation) && known.contains { $0.kind == .allocation }
  }

  /// Whether a step of operation is told in another way: contacts, follow-ups and news have clocks and lists
  /// of their own, and status meetings are called for all cases at once.
  private static func hasList(of step: WorkflowStep) -> Bool {
    !Set(step.shownBy).isDisjoint(with: [.contact, .followUpMeeting, .triage, .statusMeeting])
  }
}
