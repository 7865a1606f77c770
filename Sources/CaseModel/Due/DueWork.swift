public import CRDT

/// What a person is to do, by what her replica holds (R29, R31–R34, R58, R63).
///
/// It is found anew from the records whenever it is asked for, so it is the same in whatever order they came,
/// and a late offline entry takes away what it did. Closed cases, and those of families that declined, owe
/// nothing.
public struct DueWork: Sendable {
  /// Who is to do it.
  public let person: Identifier
  /// What she is in the tenant.
  public let role: Role
  /// How often what recurs is to happen.
  public let cadences: Cadences
  /// The times in which the work stood still.
  public let interruptions: Interruptions
  /// The workflows that cases follow, which say how often and which step comes next; without them what
  /// recurs is due as `cadences` say, and no step is told.
  public let workflows: CaseWorkflows?
  /// The day on which it is asked for.
  public let day: CalendarDay
  /// What steps depend on beside the cases' own records; `nil` as long as no stock is asked about.
  var surroundings: CaseProgress.Surroundings?

  /// Asks for what a person is to do on a day.
  public init(
    for person: Identifier, as role: Role, on day: CalendarDay, cadences: Cadences = Cadences(),
    interruptions: Interruptions = .none, workflows: CaseWorkflows? = nil,
    surroundings: CaseProgress.Surroundings? = nil
  ) {
    self.person = person
    self.role = role
    self.day = day
    self.cadences = cadences
    self.interruptions = interruptions
    self.workflows = workflows
    self.surroundings = surroundings
  }

  /// All of it, the most pressing first.
  ///
  /// - Complexity: O(n log n) in the records.
  public func items(in stock: CaseStock) -> [DueItem] {
    var work = self
    work.surroundings = surroundings ?? stock.surroundings
    var items = stock.files.values.flatMap { work.unordered($0) }
    if role.isStaff {
      for record in stock.register.values.joined() { items += disagreements(in: record) }
    }
    return items.sorted { $0.comes(before: $1) }
  }

  /// What one case asks of her, the most pressing first: after a change of the case only this need be found
  /// anew. The step that it waits for is told where the surroundings were given.
  ///
  /// - Complexity: O(n log n) in the case's records.
  public func items(in file: CaseFile) -> [DueItem] { unordered(file).sorted { $0.comes(before: $1) } }

  private func unordered(_ file: CaseFile) -> [DueItem] {
    let history = file.enrolmentHistory
    switch file.status(at: day, history: history) {
    case .discharged, .declined: return []
    case .open, .offered, .accepted, .enrolled: break
    }
    var items = ownTasks(file) + meetings(file)
    if file.coordinator == person { items += coordination(file, history) }
    if role == .leader { items += leading(file) }
    items += waitingStep(file, besides: items)
    if file.coordinator == person || file.participants.contains(where: { $0.part.person == person }) {
      for records in file.records.values {
        for record in records { items += disagreements(in: record) }
      }
    }
    return items
  }

  /// How often what recurs is to happen in a case.
  func cadences(of file: CaseFile) -> Cadences { workflows?.cadences(of: file) ?? cadences }

  func item(
    _ kind: DueKind, _ reason: DueReason, _ record: CaseRecord, by dueOn: CalendarDay? = nil
  ) -> DueItem {
    DueItem(kind, reason, in: record.caseID, record.id, by: dueOn, on: day)
  }

  /// One item for a record that disagrees, however many of its fields do.
  private func disagreements(in record: CaseRecord) -> [DueItem] {
    let disagrees = record.state.conflicts.contains { field in
      Set(record.state.values(field).map(\.value)).count > 1
    }
    return disagrees ? [item(.conflict, .disagreement, record)] : []
  }

  /// What she is to do in the case and has not done.
  private func ownTasks(_ file: CaseFile) -> [DueItem] {
    file.all(.task).compactMap { task in
      guard let status = TaskStatus(of: task), status.isOpen, file.isTask(task, of: person, on: day) else {
        return nil
      }
      return item(
        .task, status == .requested ? .taskRequested : .taskOpen, task, by: task.day(Field.Task.dueOn))
    }
  }
}
