import ArgumentParser
import CRDT
import CaseModel

/// Shows a version of the plan: the goals as the family agreed on them, and what each actor does for them.
struct PlanShow: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: Phrase(
      "Vis planen: familiens mål, og hvem der gør hvad.",
      "Show the plan: the family's goals, and who does what."
    ).said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @Option(help: Phrase("Versionen, ellers den nyeste.", "The version, else the newest.").help())
  var version: Int?
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let stock = try session.replica.stock()
    let plans = FamilyPlan.versions(of: file)
    guard let newest = plans.last else {
      let mayAgree = try session.ownForecast(in: file.id).mayCreate(.plan, in: file.id)
      throw Failure(.usage, mayAgree ? .noPlan : .noPlanShown, session.short(file.id))
    }
    let chosen = plans.filter { $0.version == version ?? newest.version }
    if chosen.isEmpty { throw Failure(.usage, .noSuchVersion, version.map(String.init) ?? "–") }
    for plan in chosen { try tell(plan, in: file, session, stock) }
  }

  private func tell(_ plan: FamilyPlan, in file: CaseFile, _ session: Session, _ stock: CaseStock) throws {
    let output = session.output
    try session.open(
      [plan.record] + plan.goals.flatMap { [$0.record] + $0.tasks + $0.interventions })
    let by = plan.record.identifiers(Field.Plan.agreedBy).map { session.title(of: $0, stock, in: file.id) }
    let text = plan.record.text(Field.Plan.text)
    output.object([
      ("record", JSON(plan.record.id)), ("version", .integer(Int64(plan.version))),
      ("agreed_on", JSON(plan.agreedOn)), ("replaced_on", JSON(plan.replacedOn)),
      ("agreed_by", .array(by.map { JSON($0) })), ("text", JSON(text)),
      ("goals", .array(plan.goals.map { .object(members($0, session, stock)) })),
      ("pending", .boolean(try session.replica.isPending(plan.record.id))),
    ])
    let replaced = plan.replacedOn.map { "; " + output.say(.replacedOn, $0.description) } ?? ""
    output.line(
      output.say(.planVersion, String(plan.version), plan.agreedOn?.description ?? "–") + replaced
        + (try session.mark(plan.record)))
    if !by.isEmpty { output.line("  " + output.say(.agreedBy, by.joined(separator: ", "))) }
    if let text { output.line("  " + text.shownBlock.split(separator: "\n").joined(separator: "\n  ")) }
    for (place, goal) in plan.goals.enumerated() {
      let (family, team) = ranks(goal)
      let status = goal.record.text(Field.Goal.status) ?? Code.open
      var words = [output.say(.family, family.map(String.init) ?? "–")]
      if session.isOfTeam(in: file.id, stock) {
        words.append(output.say(.expected, team.map(String.init) ?? "–"))
      }
      let mark = status == Code.open ? "" : " – \(output.label(status))"
      output.line(
        "  \(place + 1)  \(goal.agreed.title?.shown ?? "–")"
          + " (\(words.joined(separator: ", ")))\(mark)")
      for (actor, what) in deeds(of: goal, session, stock) { output.line("       \(actor): \(what)") }
    }
  }

  /// The family's rank is of the agreement; what the team expects was not agreed with anybody.
  private func ranks(_ goal: FamilyPlan.Goal) -> (Int64?, Int64?) {
    (goal.agreed.familyRank, goal.record.integer(Field.Goal.teamRank))
  }

  /// Each actor's tasks for a goal (R56); who is named as an actor and has none is there, too.
  private func deeds(
    of goal: FamilyPlan.Goal, _ session: Session, _ stock: CaseStock
  ) -> [(actor: String, what: String)] {
    var deeds: [(String, String)] = goal.tasks.map { task in
      let status = CodeNames.task(task.text(Field.Task.status) ?? "requested", in: session.output.language)
      let due = task.day(Field.Task.dueOn).map { ", " + session.output.say(.dueOn, $0.description) } ?? ""
      return (owner(task, session, stock), "\(task.text(Field.Task.title)?.shown ?? "–") (\(status)\(due))")
    }
    for intervention in goal.interventions {
      let status = session.output.label(intervention.text(Field.Intervention.status) ?? Code.proposed)
      deeds.append(
        (
          session.kind(.intervention),
          "\(intervention.text(Field.Intervention.title)?.shown ?? "–") (\(status))"
        ))
    }
    let named = goal.record.texts(Field.Goal.actors).map(\.shown)
    return deeds + named.filter { name in !deeds.contains { $0.0 == name } }.map { ($0, "–") }
  }

  private func owner(_ task: CaseRecord, _ session: Session, _ stock: CaseStock) -> String {
    if let label = task.text(Field.Task.ownerLabel) { return label.shown }
    return session.name(task.identifier(Field.Task.owner), stock)
  }

  private func members(
    _ goal: FamilyPlan.Goal, _ session: Session, _ stock: CaseStock
  ) -> [(String, JSON)] {
    let (family, team) = ranks(goal)
    let tasks: [JSON] = goal.tasks.map { task in
      .object([
        ("record", JSON(task.id)), ("owner", JSON(owner(task, session, stock))),
        ("text", JSON(task.text(Field.Task.title))), ("status", JSON(task.text(Field.Task.status))),
        ("due_on", JSON(task.day(Field.Task.dueOn))),
      ])
    }
    return [
      ("record", JSON(goal.record.id)), ("text", JSON(goal.agreed.title)),
      ("family_rank", JSON(family)),
    ] + (session.isOfTeam(in: goal.record.caseID, stock) ? [("team_rank", JSON(team))] : []) + [
      ("status", JSON(goal.record.text(Field.Goal.status) ?? Code.open)),
      ("actors", .array(goal.record.texts(Field.Goal.actors).map { JSON($0) })), ("tasks", .array(tasks)),
      ("interventions", .array(goal.interventions.map { JSON($0.text(Field.Intervention.title)) })),
    ]
  }
}
