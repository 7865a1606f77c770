public import CRDT

/// Tasks: who does what until when, and which goal it serves (R56, R58).
extension CaseWork {
  /// Sets a task.
  ///
  /// - Parameters:
  ///   - owner: who does it.
  ///   - ownerLabel: who does it, by name or part, when no person of the register does.
  ///   - status: accepted when the owner sets it herself.
  ///   - source: what it came of.
  public static func task(
    id: Identifier, in caseID: Identifier, about: [Identifier] = [], title: String, owner: Identifier?,
    ownerLabel: String? = nil, due: CalendarDay? = nil, status: TaskStatus = .requested,
    goal: Identifier? = nil, source: Identifier? = nil, on day: CalendarDay
  ) -> RecordDraft {
    var task = RecordDraft.new(.task, id: id, in: caseID, about: about)
    task.write(Field.Task.title, title)
    task.write(Field.Task.owner, owner)
    task.write(Field.Task.ownerLabel, ownerLabel)
    task.write(Field.Task.dueOn, due)
    task.write(Field.Task.status, status.rawValue)
    task.write(Field.Task.goal, goal)
    task.write(Field.Task.source, source)
    task.write(Field.Task.createdOn, day)
    return task
  }

  /// Takes a task on to another status.
  ///
  /// - Parameter reason: why it was late, refused or given up; a reason that is not given stays.
  public static func move(
    _ task: CaseRecord, to status: TaskStatus, reason: String? = nil, on day: CalendarDay
  ) -> RecordDraft {
    var change = RecordDraft.change(task)
    change.write(Field.Task.status, status.rawValue)
    if status == .completed { change.write(Field.Task.completedOn, day) }
    change.write(Field.Task.reason, reason)
    return change
  }

  /// Whether doing a task on a day is late, and so asks for a reason.
  public static func isLate(_ task: CaseRecord, on day: CalendarDay) -> Bool {
    task.day(Field.Task.dueOn).map { $0 < day } ?? false
  }
}
