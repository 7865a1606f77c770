public import CRDT

/// Records that merged cleanly and break a rule together: nobody sees it in any one of them, so a person
/// must be told.
///
/// It is found in the records alone, so every replica that holds the same records finds the same.
public struct SemanticConflict: Sendable, Hashable {
  /// The rules. Codes of `Field.Settlement.rule`, never renamed.
  public enum Rule: String, Sendable, Hashable, CaseIterable {
    /// Several persons take part as the family's coordinator (R48).
    case severalCoordinators = "several_coordinators"
    /// The case was closed, and news says that the family is not well (R44, R33).
    case closedWithRisk = "closed_with_risk"
    /// The same meeting is called twice for one day.
    case doubleBooking = "double_booking"
    /// The same visit was logged by several people.
    case visitLoggedTwice = "visit_logged_twice"
    /// A goal was changed after the family agreed the plan that it is part of (R26, R35).
    case goalChangedAfterAgreement = "goal_changed_after_agreement"
    /// Two versions of the plan have the same number.
    case planVersionTwice = "plan_version_twice"
    /// Two decisions on one intervention were issued, and none was taken back (R23).
    case decidedTwice = "decided_twice"
    /// Several people, or one with two devices, began an assessment of the same children in the same round,
    /// unaware of one another (R6, R36).
    case assessmentBegunTwice = "assessment_begun_twice"
  }

  /// One value that is part of it: what it says, who wrote it, when and with what device.
  public struct Evidence: Sendable, Hashable {
    /// The record.
    public let record: CaseRecord
    /// The field.
    public let field: FieldDefinition
    /// The value with its author and times.
    public let operation: LiveOperation
  }

  /// The rule that is broken.
  public let rule: Rule
  /// The case.
  public let caseID: Identifier
  /// What shows it, in order of when it was written. At least two.
  public let evidence: [Evidence]

  init(_ rule: Rule, in caseID: Identifier, _ evidence: [Evidence]) {
    self.rule = rule
    self.caseID = caseID
    self.evidence = evidence.sorted {
      ($0.operation.context.shownAt, $0.record.id) < ($1.operation.context.shownAt, $1.record.id)
    }
  }

  /// The records that break the rule together, in order of id.
  public var records: [Identifier] { Set(evidence.map(\.record.id)).sorted() }

  /// Whether a settlement is about this conflict: the same rule and records, and nothing of it came after it.
  public func isSettled(by settlement: CaseRecord) -> Bool {
    guard settlement.text(Field.Settlement.rule) == rule.rawValue,
      Set(settlement.identifiers(Field.Settlement.records)) == Set(records),
      let outcome = settlement.state.values(Field.Settlement.outcome.id).first
    else { return false }
    return evidence.allSatisfy { !$0.operation.context.came(after: outcome.context) }
  }
}

extension ChangeContext {
  /// Whether a change came to others after another was written, so that the other's author could not know of
  /// it: what somebody wrote without a network before a case was closed, and sent afterwards, is news to who
  /// closed it. What one person wrote is in the order in which she wrote it.
  func came(after other: ChangeContext) -> Bool {
    if author == other.author, origin == nil, other.origin == nil { return writtenAt > other.writtenAt }
    return receivedAt ?? shownAt > other.shownAt
  }
}
