import CRDT
import CaseModel

/// The family's plan: its goals in its own words and order, and who does what (R26, R54, R56, R57).
extension LetterPaper {
  /// The page; `nil` when there is nothing of a plan that may stand on it.
  mutating func planPage(to recipient: String?) -> Page? {
    let plan = take(file.all(.plan).filter { $0.day(Field.Plan.replacedOn) == nil }).last
    let goals = take(file.goals.filter { isOf(plan, $0) })
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
    content.append(.element(.numberedList, top.map { item(of: $0, among: goals) }))
    content += tasks(goals) + interventions(goals)
    return Page(title: title, language: words.language.rawValue, content: content + foot())
  }

  private func isOf(_ plan: CaseRecord?, _ goal: CaseRecord) -> Bool {
    guard goal.text(Field.Goal.status) != Code.dropped else { return false }
    // What the family agreed is what it said then: a goal that took another's place is of the next plan.
    if let plan { return goal.identifier(Field.Goal.plan) == plan.id }
    return goal.identifier(Field.Goal.replacedBy) == nil
  }

  private func item(of goal: CaseRecord, among goals: [CaseRecord]) -> PageNode {
    var parts: [PageNode] = [.element(.strong, goal.text(Field.Goal.title) ?? "–")]
    let actors = goal.texts(Field.Goal.actors)
    if !actors.isEmpty {
      parts.append(.text("\n" + say(.goalActors, actors.map { words.label($0) }.joined(separator: ", "))))
    }
    if goal.text(Field.Goal.status) == Code.reached { parts.append(.text("\n" + say(.goalReached))) }
    let subGoals = goals.filter { $0.identifier(Field.Goal.subGoalOf) == goal.id && $0.id != goal.id }
    if !subGoals.isEmpty {
      // One level: a goal may be said to be a part of its own part.
      parts.append(
        .element(.list, subGoals.map { .element(.item, $0.text(Field.Goal.title) ?? "–") }))
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

  private mutating func tasks(_ goals: [CaseRecord]) -> [PageNode] {
    // What serves none of the goals is the professionals' own business (R56).
    let serving = Set(goals.map(\.id))
    let tasks = take(openTasks.filter { $0.identifier(Field.Task.goal).map(serving.contains) == true })
    guard !tasks.isEmpty else { return [] }
    let rows = tasks.map { task in
      let goal = goals.first { $0.id == task.identifier(Field.Task.goal) }?.text(Field.Goal.title) ?? "–"
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
