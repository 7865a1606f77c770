public import CRDT

/// Formal decisions: prepared, issued, delivered, explained (R23, R25, R62).
extension CaseWork {
  /// Prepares a decision.
  ///
  /// - Parameter amount: in the smallest unit of money; 0 where it is not about money.
  public static func decision(
    id: Identifier, in caseID: Identifier, about: [Identifier] = [], matter: String, amount: Int = 0,
    intervention: Identifier? = nil, outcome: String? = nil, legalBasis: String? = nil
  ) -> RecordDraft {
    var draft = RecordDraft.new(.decision, id: id, in: caseID, about: about)
    draft.write(Field.Decision.matter, matter)
    draft.write(Field.Decision.amount, amount)
    draft.write(Field.Decision.intervention, intervention)
    draft.write(Field.Decision.outcome, outcome)
    draft.write(Field.Decision.legalBasis, legalBasis)
    return draft
  }

  /// Writes the reasons of a decision anew, and has it name them, in one act.
  public static func reasons(
    id: Identifier, for decision: RecordDraft, _ text: String, on day: CalendarDay
  ) -> [RecordDraft] {
    var reasons = RecordDraft.new(.decisionReasons, id: id, in: decision.caseID, about: decision.about)
    reasons.write(Field.DecisionReasons.writtenOn, day)
    reasons.write(Field.DecisionReasons.decision, decision.id)
    reasons.write(Field.DecisionReasons.text, text)
    var decision = decision
    decision.write(Field.Decision.reasons, id)
    return [reasons, decision]
  }

  /// Issues a decision: from then on it says what it says. All of that is written with it once more, so that
  /// the server refuses it when something of it was changed that its author has not seen.
  ///
  /// - Parameters:
  ///   - complaintUntil: the last day for a complaint, were it delivered on the same day: what is kept by it
  ///     is how long the period is (`ComplaintPeriod`).
  ///   - complaintBody: who decides complaints (`ComplaintBody`).
  public static func issue(
    decision: CaseRecord, by person: Identifier, on day: CalendarDay, complaintUntil: CalendarDay,
    complaintBody: String? = nil
  ) -> RecordDraft {
    var draft = RecordDraft.change(decision)
    for field in Decision.saying { draft.write(field, decision.value(field)) }
    draft.write(Field.Decision.issuedOn, day)
    draft.write(Field.Decision.complaintUntil, complaintUntil)
    draft.write(Field.Decision.complaintBody, complaintBody)
    draft.write(Field.Decision.issuedBy, person)
    return draft
  }

  /// Records that a decision was delivered to the parents (R25).
  public static func deliver(decision: CaseRecord, form: String, on day: CalendarDay) -> RecordDraft {
    var draft = RecordDraft.change(decision)
    draft.write(Field.Decision.deliveredOn, day)
    draft.write(Field.Decision.deliveryForm, form)
    return draft
  }

  /// Records that a decision was explained to the family, by the contact in which it was (R62).
  public static func explain(decision: CaseRecord, on day: CalendarDay) -> RecordDraft {
    var draft = RecordDraft.change(decision)
    draft.write(Field.Decision.explainedOn, day)
    return draft
  }

  /// Takes back what was issued; it stays readable.
  public static func withdraw(decision: CaseRecord) -> RecordDraft {
    var draft = RecordDraft.change(decision)
    draft.add(Field.Decision.withdrawn, ["withdrawn"])
    return draft
  }
}
