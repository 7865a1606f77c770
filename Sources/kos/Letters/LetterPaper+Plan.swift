import CRDT
import CaseModel

/// The family's plan: its goals in its own words and order, and who does what (R26, R54, R56, R57).
extension LetterPaper {
  /// The page; `nil` when there is nothing of a plan that may stand on it.
  mutating func planPage(to recipient: String?) -> Page? {
    let plan = take(file.all(.plan).filter { $0.day(Field.Plan.replacedOn) == nil }).last
    let agreed = plan.flatMap { plan in
      FamilyPlan.versions(of: file).first { $0.record.id == plan.id }?.goals
    }
    let goals = take(agreed?.map(\.record) ?? file.goals.filter { isWish($0) })
    // What the family agreed is what it said then, in its words and order of then.
    let wishes = Wishes(
      goals: goals,
      agreed: Dictionary(
        (agreed ?? []).map { ($0.record.id, $0.agreed) }, uniquingKeysWith: { first, _ in first }))
    guard plan != nil || !goals.isEmpty else { return nil }
    let version = plan?.integer(Field.Plan.version).map(String.init)
    let title = plan == nil ? say(.planDraft) : version.map { say(.planTitle, $0) } ?? say(.planUntitled)
    var content = head(title, to: recipient)
    if let plan {
      let persons = plan.identifiers(Field.Plan.agreedBy).map { name($0) }
      let agreed = date(plan.day(Field.Plan.agreedOn))
      content.append(
        .element(
          .paragraph,
          persons.isEmpty
            ? say(.letterPlanAgreed, agreed) : say(.planAgreedBy, agreed, persons.joined(separator: ", "))
        ))
      content += PageNode.paragraphs(plan.text(Field.Plan.text) ?? "")
    }
    content += [.element(.heading, say(.planGoals)), .element(.remark, say(.planOrder))]
    let top = goals.filter { goal in
      let parent = goal.identifier(Field.Goal.subGoalOf)
      return parent == nil || !goals.contains { $0.id == parent }
    }
    content.append(.element(.numberedList, top.map { item(of: $0, among: wishes) }))
    content += tasks(wishes) + interventions(goals)
    return Page(title: title, language: words.language.rawValue, content: content + foot())
  }

  /// The goals on the page, and what they are called there.
  private struct Wishes {
    let goals: [CaseRecord]
    let agreed: [Identifier: AgreedGoal]

    func title(of goal: CaseRecord) -> String {
      if let said = agreed[goal.id] { return said.title ?? "–" }
      return goal.text(Field.Goal.title) ?? "–"
    }
  }

  /// Whether a goal of which nothing is agreed yet is one that the family still wants.
  private func isWish(_ goal: CaseRecord) -> Bool {
    goal.text(Field.Goal.status) != Code.dropped && goal.identifier(Field.Goal.replacedBy) == nil
  }

  /// What became of a goal since it was agreed; `nil` while it is worked on.
  private func outcome(of goal: CaseRecord) -> Phrase? {
    switch goal.text(Field.Goal.status) ?? Code.open {
    case Code.reached: .goalReached
    case Code.dropped: .goalDropped
    case Code.replaced: .goalReplaced
    default: nil
    }
  }

  private func item(of goal: CaseRecord, among wishes: Wishes) -> PageNode {
    let goals = wishes.goals
    var parts: [PageNode] = [.element(.strong, wishes.title(of: goal))]
    let actors = goal.texts(Field.Goal.actors)
    if !actors.isEmpty {
      parts.append(.text("\n" + say(.goalActors, actors.map { words.label($0) }.joined(separator: ", "))))
    }
    if let since = outcome(of: goal) { parts.append(.text("\n" + say(since))) }
    let subGoals = goals.filter { $0.identifier(Field.Goal.subGoalOf) == goal.id && $0.id != goal.id }
    if !subGoals.isEmpty {
      // One level: a goal may be said to be a part of its own part.
      parts.append(
        .element(.list, subGoals.map { .element(.item, wishes.title(of: $0)) }))
    }
    return .element(.item, parts)
  }

  /// Tasks that are not over.
  var openTasks: [CaseRecord] { file.all(.task).filter { TaskStatus(of: $0)?.isOpen ?? true } }

  /// Who does a task, by name or by part.
  func owner(of task: CaseRecord) -> String {
    task.identifier(Field.Task.owner).map { name($0) } ?? task.text(Field.Task.ownerLabel)
      .map { words.label($0) } ?? "–"
  }

  private mutating func tasks(_ wishes: Wishes) -> [PageNode] {
    let goals = wishes.goals
    // What serves none of the goals is the professionals' own business (R56).
    let serving = Set(goals.map(\.id))
    let tasks = take(openTasks.filter { $0.identifier(Field.Task.goal).map(serving.contains) == true })
    guard !tasks.isEmpty else { return [] }
    let rows = tasks.map { task in
      let goal = goals.first { $0.id == task.identifier(Field.Task.goal) }.map { wishes.title(of: $0) } ?? "–"
      return [
        task.text(Field.Task.title) ?? "–", owner(of: task), date(task.day(Field.Task.dueOn)), goal,
      ]
    }
    return [
      .element(.heading, say(.planTasks)),
      .table(say(.planTasks), [say(.taskWhat), say(.taskWho), say(.taskWhen), say(.taskGoal)], rows),
    ]
  }

  private static let overInterventions: Set = ["ended", "dropped", "proposed"]

  private mutating func interventions(_ goals: [CaseRecord]) -> [PageNode] {
    let running = take(
      file.all(.intervention).filter {
        !Self.overInterventions.contains($0.text(Field.Intervention.status) ?? "")
      })
    guard !running.isEmpty else { return [] }
    return [
      .element(.heading, say(.planSupport)),
      .element(
        .list,
        running.map { support in
          let days = [Field.Intervention.startsOn, Field.Intervention.endsOn].map { date(support.day($0)) }
          var parts: [PageNode] = [.element(.strong, support.text(Field.Intervention.title) ?? "–")]
          if let text = support.text(Field.Intervention.text) { parts.append(.text("\n" + text)) }
          parts.append(.text("\n" + say(.supportWhen, days[0], days[1])))
          return .element(.item, parts)
        }),
    ]
  }
}
