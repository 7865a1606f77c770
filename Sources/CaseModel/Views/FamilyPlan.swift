import CRDT

/// A version of the family's plan with its goals and what each actor does for them (R26, R35, R55, R56).
public struct FamilyPlan: Sendable, Hashable {
  /// A goal with the tasks that serve it.
  public struct Goal: Sendable, Hashable {
    /// The goal.
    public let record: CaseRecord
    /// The tasks that serve it, in order of the day by which they should be done.
    public let tasks: [CaseRecord]
    /// The interventions that serve it.
    public let interventions: [CaseRecord]
  }

  /// The version's record.
  public let record: CaseRecord
  /// Its number; 0 where none was written.
  public let version: Int
  /// The day on which it was agreed.
  public let agreedOn: CalendarDay?
  /// The day on which another took its place.
  public let replacedOn: CalendarDay?
  /// The goals in the family's order, as they stand now.
  public let goals: [Goal]

  /// The versions of a case's plan, oldest first. Two of one number were agreed apart from each other, and
  /// both are there.
  public static func versions(of file: CaseFile) -> [FamilyPlan] {
    let goals = file.goals
    let tasks = Dictionary(grouping: file.all(.task)) { $0.identifier(Field.Task.goal) }
    let interventions = Dictionary(grouping: file.all(.intervention)) {
      $0.identifier(Field.Intervention.goal)
    }
    return file.all(.plan).map { plan in
      FamilyPlan(
        record: plan, version: plan.integer(Field.Plan.version).flatMap { Int(exactly: $0) } ?? 0,
        agreedOn: plan.day(Field.Plan.agreedOn), replacedOn: plan.day(Field.Plan.replacedOn),
        goals: goals.filter { Self.isPart($0, of: plan) }.map { goal in
          Goal(record: goal, tasks: tasks[goal.id] ?? [], interventions: interventions[goal.id] ?? [])
        })
    }.sorted(by: { $0.version }, then: \.record.id)
  }

  /// Whether a goal is part of a version. A goal names the newest one that it is part of; of those before it
  /// were what was set by then and had not ended.
  private static func isPart(_ goal: CaseRecord, of plan: CaseRecord) -> Bool {
    guard let named = goal.identifier(Field.Goal.plan) else { return false }
    if named == plan.id { return true }
    guard plan.day(Field.Plan.replacedOn) != nil, let agreed = plan.day(Field.Plan.agreedOn),
      let set = goal.day(Field.Goal.setOn), set <= agreed
    else { return false }
    return goal.day(Field.Goal.endedOn).map { $0 > agreed } ?? true
  }
}

extension CaseFile {
  /// The goals that are worked on, in the family's order.
  public var openGoals: [CaseRecord] {
    goals.filter { ($0.text(Field.Goal.status) ?? Code.open) == Code.open }
  }
}
