public import CRDT

/// The family's plan and its goals, and what the family gets (R22, R26, R35, R54–R57, R74, R75).
extension CaseWork {
  /// Agrees on another version of the family's plan: the goals that are chosen become part of it, and the one
  /// before it is replaced and stays readable (R35). The version keeps which goals were agreed, in what
  /// order, in which words and at what ranks, whatever becomes of them.
  ///
  /// - Parameters:
  ///   - goals: the goals of the version.
  ///   - family: those of the family who agreed (R26).
  ///   - workflow: the version of the workflow by whose template it was made (R59).
  public static func agreePlan(
    in file: CaseFile, goals: [CaseRecord], by family: [Identifier], text: String? = nil,
    workflow: Identifier? = nil, on day: CalendarDay, identify: (_ purpose: String) -> Identifier
  ) -> [RecordDraft] {
    let plans = FamilyPlan.versions(of: file)
    let (next, overflow) = (plans.last?.version ?? 0).addingReportingOverflow(1)
    var draft = plan(
      id: identify("plan"), in: file.id, about: file.children.map(\.id), version: overflow ? .max : next,
      text: text, on: day)
    draft.add(Field.Plan.agreedBy, family)
    draft.write(Field.Plan.workflow, workflow)
    let agreed = goals.sorted(by: { $0.integer(Field.Goal.familyRank) ?? .max }, then: \.id)
    draft.add(Field.Plan.goals, agreed.map(\.id))
    let replaced = plans.filter { $0.replacedOn == nil }.map { plan -> RecordDraft in
      var change = RecordDraft.change(plan.record)
      change.write(Field.Plan.replacedOn, day)
      return change
    }
    let kept = agreed.map { goal -> RecordDraft in
      var change = RecordDraft.change(goal)
      change.write(Field.Goal.plan, draft.id)
      change.add(Field.Goal.asAgreed, [AgreedGoal(goal, in: draft.id).element])
      return change
    }
    return [draft] + replaced + kept
  }

  /// Puts another goal in the place of one; it takes over the ranks that are not given.
  public static func replace(
    goal: CaseRecord, in file: CaseFile, title: String, familyRank: Int? = nil, teamRank: Int? = nil,
    actors: [String] = [], on day: CalendarDay, identify: (_ purpose: String) -> Identifier
  ) -> [RecordDraft] {
    var new = Self.goal(
      id: identify("goal"), in: file.id, about: goal.about, title: title, actors: actors, on: day)
    new.write(
      Field.Goal.familyRank,
      familyRank.map { Value.integer(Int64($0)) } ?? goal.integer(Field.Goal.familyRank).map(Value.integer))
    new.write(
      Field.Goal.teamRank,
      teamRank.map { Value.integer(Int64($0)) } ?? goal.integer(Field.Goal.teamRank).map(Value.integer))
    var old = RecordDraft.change(goal)
    old.write(Field.Goal.status, Code.replaced)
    old.write(Field.Goal.replacedBy, new.id)
    old.write(Field.Goal.endedOn, day)
    return [new, old]
  }

  /// Ends a goal: it was reached, or given up.
  public static func end(goal: CaseRecord, isReached: Bool, on day: CalendarDay) -> RecordDraft {
    var change = RecordDraft.change(goal)
    change.write(Field.Goal.status, isReached ? Code.reached : Code.dropped)
    change.write(Field.Goal.endedOn, day)
    return change
  }

  /// Proposes an intervention to the family (R22, R75).
  ///
  /// - Parameter amount: in the smallest unit of money.
  public static func intervention(
    id: Identifier, in caseID: Identifier, about: [Identifier] = [], title: String, text: String? = nil,
    legalBasis: String? = nil, responsible: Identifier? = nil, amount: Int? = nil, goal: Identifier? = nil,
    on day: CalendarDay
  ) -> RecordDraft {
    var draft = RecordDraft.new(.intervention, id: id, in: caseID, about: about)
    draft.write(Field.Intervention.proposedOn, day)
    draft.write(Field.Intervention.title, title)
    draft.write(Field.Intervention.text, text)
    draft.write(Field.Intervention.status, Code.proposed)
    draft.write(Field.Intervention.legalBasis, legalBasis)
    draft.write(Field.Intervention.responsible, responsible)
    draft.write(Field.Intervention.amount, amount)
    draft.write(Field.Intervention.goal, goal)
    return draft
  }

  /// Starts an intervention.
  public static func start(intervention: CaseRecord, on day: CalendarDay) -> RecordDraft {
    var change = RecordDraft.change(intervention)
    change.write(Field.Intervention.status, Code.running)
    change.write(Field.Intervention.startsOn, day)
    return change
  }

  /// Ends an intervention, or gives up one that never began.
  public static func end(intervention: CaseRecord, on day: CalendarDay) -> RecordDraft {
    var change = RecordDraft.change(intervention)
    let hasBegun = intervention.day(Field.Intervention.startsOn) != nil
    change.write(Field.Intervention.status, hasBegun ? Code.ended : Code.dropped)
    change.write(Field.Intervention.endsOn, day)
    return change
  }

  /// Records which part of an intervention's cost a payer bears (R74).
  ///
  /// - Parameter percent: of the amount, 1–100; whoever writes it sees to it that all shares are at most 100
  ///   (`FundingShares`).
  public static func fundingShare(
    id: Identifier, of intervention: CaseRecord, payer: String, law: String, percent: Int, on day: CalendarDay
  ) -> RecordDraft {
    var draft = RecordDraft.new(
      .fundingShare, id: id, in: intervention.caseID, about: intervention.about)
    draft.write(Field.FundingShare.agreedOn, day)
    draft.write(Field.FundingShare.intervention, intervention.id)
    draft.write(Field.FundingShare.payer, payer)
    draft.write(Field.FundingShare.law, law)
    draft.write(Field.FundingShare.percent, percent)
    return draft
  }
}
