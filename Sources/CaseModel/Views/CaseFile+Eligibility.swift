public import CRDT

extension CaseFile {
  /// What was last decided on whether a child belongs to the project (R40–R42); `nil` where nobody decided.
  public func lastDecidedEligibility(of child: Identifier) -> CaseRecord? {
    all(.eligibility).filter { record in
      record.identifier(Field.Eligibility.child) == child && record.text(Field.Eligibility.outcome) != nil
    }.max { Self.comes($0, before: $1, by: Field.Eligibility.decidedOn) }
  }

  /// The answers to the criteria that were last given for a child; `nil` where nobody answered anything.
  ///
  /// - Parameter day: the last day that counts: who records a day of the past did not know later answers.
  public func lastAnsweredEligibility(
    of child: Identifier, by day: CalendarDay = .max
  ) -> CaseRecord? {
    all(.eligibility).filter { record in
      record.identifier(Field.Eligibility.child) == child
        && (record.day(Field.Eligibility.assessedOn) ?? .min) <= day
    }.max { Self.comes($0, before: $1, by: Field.Eligibility.assessedOn) }
  }

  /// What the rule proposes for a child by what was last answered; `nil` where nobody answered anything, and
  /// for a child whose day of birth is not known.
  public func lastProposal(for child: CaseRecord) -> EligibilityProposal? {
    guard let answers = lastAnsweredEligibility(of: child.id),
      let day = answers.day(Field.Eligibility.assessedOn),
      let born = child.day(Field.Child.born)
    else { return nil }
    return EligibilityRule.project.proposal(
      born: born, on: day,
      answers: EligibilityAnswers(
        severalLaws: answers.boolean(Field.Eligibility.severalLaws),
        dailyLifeAffected: answers.boolean(Field.Eligibility.dailyLifeAffected)))
  }

  /// Whether the family said yes to an offer by a day (R43).
  public func isOfferAccepted(by day: CalendarDay) -> Bool {
    all(.offer).contains { offer in
      offer.text(Field.Offer.answer) == Code.accepted
        && offer.day(Field.Offer.answeredOn).map { $0 <= day } == true
    }
  }

  /// Of one day the one that was written later counts: somebody looked at it anew.
  private static func comes(
    _ left: CaseRecord, before right: CaseRecord, by field: FieldDefinition
  ) -> Bool {
    let days = (left.day(field) ?? .min, right.day(field) ?? .min)
    if days.0 != days.1 { return days.0 < days.1 }
    return left.created == right.created ? left.id < right.id : left.created < right.created
  }
}
