import CRDT

/// A version of the family's plan with its goals and what each actor does for them (R26, R35, R55, R56).
public struct FamilyPlan: Sendable, Hashable {
  /// A goal with the tasks that serve it.
  public struct Goal: Sendable, Hashable {
    /// The goal, as it stands now.
    public let record: CaseRecord
    /// Its words and rank when the version was agreed; those of now where nobody wrote them down.
    public let agreed: AgreedGoal
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
  /// The goals in the order in which the family agreed on them; of a version that does not say it, in the
  /// family's order of now.
  public let goals: [Goal]

  /// The versions of a case's plan, oldest first. Two of one number were agreed apart from each other, and
  /// both are there.
  public static func versions(of file: CaseFile) -> [FamilyPlan] {
    let goals = file.goals
    let tasks = Dictionary(grouping: file.all(.task)) { $0.identifier(Field.Task.goal) }
    let interventions = Dictionary(grouping: file.all(.intervention)) {
      $0.identifier(Field.Intervention.goal)
    }
    let plans = Dictionary(file.all(.plan).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return file.all(.plan).map { plan in
      FamilyPlan(
        record: plan, version: number(of: plan), agreedOn: plan.day(Field.Plan.agreedOn),
        replacedOn: plan.day(Field.Plan.replacedOn),
        goals: Self.goals(of: plan, among: goals, plans).map { goal in
          Goal(
            record: goal,
            agreed: AgreedGoal.written(in: goal, of: plan.id)?.agreed ?? AgreedGoal(goal, in: plan.id),
            tasks: tasks[goal.id] ?? [], interventions: interventions[goal.id] ?? [])
        })
    }.sorted(by: { $0.version }, then: \.record.id)
  }

  private static func number(of plan: CaseRecord) -> Int {
    plan.integer(Field.Plan.version).flatMap { Int(exactly: $0) } ?? 0
  }

  /// The goals that a version lists, as far as they are here; of one that lists none, those that were part of
  /// it as far as can be told.
  private static func goals(
    of plan: CaseRecord, among goals: [CaseRecord], _ plans: [Identifier: CaseRecord]
  ) -> [CaseRecord] {
    let listed = plan.identifiers(Field.Plan.goals)
    guard !listed.isEmpty else { return goals.filter { isPart($0, of: plan, plans) } }
    let known = Dictionary(goals.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return listed.compactMap { known[$0] }
  }

  /// Whether a goal is part of a version that does not list its goals. A goal names the newest one that it is
  /// part of. It was worked on when that one was agreed, so of those before it were all that had been set by
  /// then, whenever it ended since.
  private static func isPart(
    _ goal: CaseRecord, of plan: CaseRecord, _ plans: [Identifier: CaseRecord]
  ) -> Bool {
    guard let named = goal.identifier(Field.Goal.plan) else { return false }
    if named == plan.id { return true }
    guard plan.day(Field.Plan.replacedOn) != nil, let agreed = plan.day(Field.Plan.agreedOn),
      let set = goal.day(Field.Goal.setOn), set <= agreed
    else { return false }
    // Of one day, what was written first came first.
    if set == agreed, goal.created > plan.created { return false }
    guard let newest = plans[named] else {
      return goal.day(Field.Goal.endedOn).map { $0 >= agreed } ?? true
    }
    return isBefore(plan, newest)
  }

  private static func isBefore(_ left: CaseRecord, _ right: CaseRecord) -> Bool {
    if number(of: left) != number(of: right) { return number(of: left) < number(of: right) }
    let days = (left.day(Field.Plan.agreedOn) ?? .min, right.day(Field.Plan.agreedOn) ?? .min)
    return days.0 == days.1 ? left.created < right.created : days.0 < days.1
  }
}

extension CaseFile {
  /// The goals that are worked on, in the family's order.
  public var openGoals: [CaseRecord] {
    goals.filter { ($0.text(Field.Goal.status) ?? Code.open) == Code.open }
  }
}
