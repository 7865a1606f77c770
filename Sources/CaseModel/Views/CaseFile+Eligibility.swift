public import CRDT

extension CaseFile {
  /// What was last decided on whether a child belongs to the project (R40–R42); `nil` where nobody decided.
  public func lastDecidedEligibility(of child: Identifier) -> CaseRecord? {
    all(.eligibility).filter { record in
      record.identifier(Field.Eligibility.child) == child && record.text(Field.Eligibility.outcome) != nil
    }.max { left, right in
      // Of one day the one that was written later counts: somebody looked at it anew.
      let days = [left, right].map { $0.day(Field.Eligibility.decidedOn) ?? .min }
      if days[0] != days[1] { return days[0] < days[1] }
      return left.created == right.created ? left.id < right.id : left.created < right.created
    }
  }
}
