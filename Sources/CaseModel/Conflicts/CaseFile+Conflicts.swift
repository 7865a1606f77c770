import CRDT

extension CaseFile {
  /// The rules that the case's records break together and nobody has settled, in order of rule and records.
  ///
  /// - Complexity: O(n log n) in the records, times the settlements for each conflict
  public var semanticConflicts: [SemanticConflict] {
    let settlements = all(.settlement)
    return allSemanticConflicts.filter { conflict in
      !settlements.contains(where: conflict.isSettled)
    }
  }

  /// Those that were settled, each with its latest settlement, which another one revises.
  public var settledConflicts: [(conflict: SemanticConflict, settlement: CaseRecord)] {
    let settlements = all(.settlement)
    return allSemanticConflicts.compactMap { conflict in
      let latest = settlements.filter(conflict.isSettled).max { Self.settledAt($0) < Self.settledAt($1) }
      return latest.map { (conflict: conflict, settlement: $0) }
    }
  }

  private static func settledAt(_ settlement: CaseRecord) -> (Int64, Identifier) {
    let outcome = settlement.state.values(Field.Settlement.outcome.id).first
    return (outcome?.context.shownAt ?? .min, settlement.id)
  }

  /// The same with those that were settled, which may be settled anew.
  public var allSemanticConflicts: [SemanticConflict] {
    let found =
      severalCoordinators + closedWithRisk + doubleBookings + visitsLoggedTwice
      + goalsChangedAfterAgreement + planVersionsTwice + decidedTwice + assessmentsBegunTwice
    return found.sorted { left, right in
      left.rule == right.rule
        ? left.records.lexicographicallyPrecedes(right.records) : left.rule.rawValue < right.rule.rawValue
    }
  }

  typealias Evidence = SemanticConflict.Evidence

  private var severalCoordinators: [SemanticConflict] {
    let parts = participants.filter { $0.part.role == .familyCoordinator }
    guard Set(parts.map(\.part.person)).count > 1 else { return [] }
    return conflict(.severalCoordinators, parts.map { ($0.record, Field.Participant.person) })
  }

  /// News that came after the discharge: what it tells may have happened before.
  private var closedWithRisk: [SemanticConflict] {
    guard let discharge = all(.discharge).last,
      let closing = shown(Field.Discharge.dischargedOn, of: discharge)?.operation.context,
      status(at: .max) == .discharged
    else { return [] }
    let warnings = all(.contact).map { ($0, Field.Contact.earlyWarning) }
    let changes = all(.majorChange).filter { $0.boolean(Field.MajorChange.isConfirmed) != false }
      .map { ($0, Field.MajorChange.trigger) }
    let updates = all(.triage).filter { $0.text(Field.Triage.outcome) == "action" }
      .map { ($0, Field.Triage.outcome) }
    let later = (warnings + changes + updates).filter { record, field in
      shown(field, of: record)?.operation.context.came(after: closing) == true
    }
    return later.flatMap { record, field in
      conflict(.closedWithRisk, [(discharge, Field.Discharge.dischargedOn), (record, field)])
    }
  }

  private var doubleBookings: [SemanticConflict] {
    MeetingFields.kinds.flatMap { kind -> [SemanticConflict] in
      guard let fields = MeetingFields.of(kind) else { return [] }
      let called = all(kind).compactMap(Meeting.init).filter { $0.standing == .called }
      return repeated(called) { $0.day.map { [Int($0.dayNumber)] } }.flatMap {
        conflict(.doubleBooking, $0.map { ($0.record, fields.plannedOn) })
      }
    }
  }

  /// The same visit is one of the same form on the same day that several people wrote down.
  private var visitsLoggedTwice: [SemanticConflict] {
    let visits = all(.contact).filter { ["visit", "home_visit"].contains($0.text(Field.Contact.form)) }
    return repeated(visits) { visit in
      visit.day(Field.Contact.heldOn).map { [String($0.dayNumber), visit.text(Field.Contact.form) ?? ""] }
    }
    .filter { Set($0.map(\.creator)).count > 1 }
    .flatMap { conflict(.visitLoggedTwice, $0.map { ($0, Field.Contact.heldOn) }) }
  }

  /// What the family agreed is the goals' wording and order as they stood when the version was agreed. That a
  /// goal ends is the plan's own course, unless who ended or replaced it had not seen the agreement.
  private var goalsChangedAfterAgreement: [SemanticConflict] {
    let plans = Dictionary(all(.plan).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return all(.goal).flatMap { goal -> [SemanticConflict] in
      guard let plan = goal.identifier(Field.Goal.plan).flatMap({ plans[$0] }),
        plan.day(Field.Plan.replacedOn) == nil, let agreed = shown(Field.Plan.agreedOn, of: plan),
        let joined = shown(Field.Goal.plan, of: goal)?.operation.context
      else { return [] }
      let changed = [Field.Goal.title, Field.Goal.familyRank].filter { field in
        // What the same change wrote that made it part of the plan was agreed with it.
        goal.state.values(field.id).map(\.context).contains { context in
          context.id != joined.id && context.came(after: joined)
            && context.came(after: agreed.operation.context)
        }
      }
      let ended = endedUnawares(goal, of: joined)
      guard !changed.isEmpty || !ended.isEmpty else { return [] }
      let moved = changed.compactMap { shown($0, of: goal) }
      let evidence = [agreed] + asAgreed(goal, in: plan, besides: moved) + moved + ended
      return evidence.count > 1 ? [SemanticConflict(.goalChangedAfterAgreement, in: id, evidence)] : []
    }
  }

  /// That a goal was ended or replaced by somebody who had not seen that it became part of a plan, while who
  /// agreed had not seen that it ended. The goal's own vectors say so, whatever the clocks do.
  private func endedUnawares(_ goal: CaseRecord, of joined: ChangeContext) -> [Evidence] {
    goal.state.values(Field.Goal.status.id).filter { status in
      guard case .text(let code) = status.value, code != Code.open, status.context.id != joined.id else {
        return false
      }
      return !status.context.hasSeen(joined) && !joined.hasSeen(status.context)
    }.map { Evidence(record: goal, field: Field.Goal.status, operation: $0) }
  }

  /// The goal's words and rank as the family agreed on them, by who wrote that down; as they stand where
  /// nobody did.
  private func asAgreed(
    _ goal: CaseRecord, in plan: CaseRecord, besides moved: [Evidence]
  ) -> [Evidence] {
    let fields = [Field.Goal.title, Field.Goal.familyRank]
    guard let (agreed, operation) = AgreedGoal.written(in: goal, of: plan.id) else {
      return fields.compactMap { shown($0, of: goal) }.filter { !moved.contains($0) }
    }
    let values = [agreed.title.map(Value.text), agreed.familyRank.map(Value.integer)]
    return zip(fields, values).compactMap { field, value in
      value.map {
        Evidence(
          record: goal, field: field,
          operation: LiveOperation(index: operation.index, value: $0, context: operation.context))
      }
    }
  }

  private var planVersionsTwice: [SemanticConflict] {
    repeated(all(.plan)) { $0.integer(Field.Plan.version).map { [Int(clamping: $0)] } }
      .flatMap { conflict(.planVersionTwice, $0.map { ($0, Field.Plan.version) }) }
  }

  private var decidedTwice: [SemanticConflict] {
    let issued = all(.decision).filter {
      $0.isIssued && !$0.hasElements(Field.Decision.withdrawn)
    }
    return repeated(issued) { $0.identifier(Field.Decision.intervention).map { [$0.high, $0.low] } }
      .flatMap { conflict(.decidedTwice, $0.map { ($0, Field.Decision.issuedBy) }) }
  }

  /// The groups of two and more that have the same key, in order of their first.
  func repeated<Element, Key: Hashable>(
    _ elements: [Element], by key: (Element) -> Key?
  ) -> [[Element]] {
    // Asked of every case whenever somebody looks, and nearly always of nothing.
    guard elements.count > 1 else { return [] }
    let keyed = elements.enumerated().compactMap { place, element in
      key(element).map { (key: $0, place: place, element: element) }
    }
    return Dictionary(grouping: keyed, by: { $0.key }).values.filter { $0.count > 1 }
      .sorted { ($0.first?.place ?? 0) < ($1.first?.place ?? 0) }.map { $0.map { $0.element } }
  }

  func conflict(
    _ rule: SemanticConflict.Rule, _ values: [(CaseRecord, FieldDefinition)]
  ) -> [SemanticConflict] {
    let evidence = values.compactMap { shown($0.1, of: $0.0) }
    return evidence.count > 1 ? [SemanticConflict(rule, in: id, evidence)] : []
  }

  /// The value of a field that is shown, with who wrote it; `nil` where nothing stands.
  private func shown(_ field: FieldDefinition, of record: CaseRecord) -> Evidence? {
    let operation =
      field.kind == .arbitrated ? record.state.decided(field.id) : record.state.values(field.id).first
    guard let operation, operation.value != .null else { return nil }
    return Evidence(record: record, field: field, operation: operation)
  }
}
