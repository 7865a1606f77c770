public import CRDT

/// The workflow that a case follows, and the steps that it takes (R59, R69).
extension CaseWork {
  /// Adopts a version of a workflow: from a day on new cases follow it. It is never changed.
  public static func workflow(
    id: Identifier, _ workflow: Workflow, definition: String, on day: CalendarDay
  ) -> RecordDraft {
    var draft = RecordDraft.new(.workflow, id: id, in: nil)
    draft.write(Field.Workflow.code, workflow.code)
    draft.write(Field.Workflow.version, workflow.version)
    draft.write(Field.Workflow.name, workflow.name.danish)
    draft.write(Field.Workflow.definition, definition)
    draft.write(Field.Workflow.adoptedOn, day)
    return draft
  }

  /// Has a case follow a version of a workflow from now on; what was done in it stays.
  public static func follow(_ head: CaseRecord, workflow: Identifier) -> RecordDraft {
    var change = RecordDraft.change(head)
    change.write(Field.Case.workflow, workflow)
    return change
  }

  /// What is said of a step.
  public enum StepAct: Sendable, Hashable {
    /// It began; perhaps another person sees to it than the workflow names.
    case start(responsible: Identifier?)
    /// It is done, whatever records show.
    case complete
    /// The case goes on without it.
    case skip
  }

  /// Says something of a step of a case. The reason goes in a note of its own, as a step is a milestone.
  ///
  /// - Parameter step: the step as it stands: its round is the one that is spoken of.
  public static func say(
    _ act: StepAct, of step: StepProgress, in file: CaseFile, cause: Identifier? = nil,
    reason: String? = nil, on day: CalendarDay, identify: (_ purpose: String) -> Identifier
  ) -> [RecordDraft] {
    // What is taken again and again is done anew each time: what was done before stays.
    let known = file.all(.step).filter { record in
      let done = record.day(Field.Step.completedOn)
      return step.records.contains(record.id) && (step.step.phase == .start || done == nil || done == day)
    }.max { $0.id < $1.id }
    var draft: RecordDraft
    if let known {
      draft = .change(known)
    } else {
      draft = .new(.step, id: identify("step"), in: file.id, about: file.children.map(\.id))
      draft.write(Field.Step.step, step.step.code)
      draft.write(Field.Step.round, step.round)
      draft.write(Field.Step.cause, cause)
    }
    switch act {
    case .start(let responsible):
      draft.write(Field.Step.startedOn, day)
      draft.write(Field.Step.responsible, responsible)
    case .complete:
      draft.write(Field.Step.completedOn, day)
    case .skip:
      draft.write(Field.Step.skippedOn, day)
    }
    return [draft] + comment(on: draft, reason, day, id: { identify("note") })
  }
}
