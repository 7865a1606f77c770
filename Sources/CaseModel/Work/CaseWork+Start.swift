public import CRDT

/// From the inquiry to the enrolment.
extension CaseWork {
  /// Opens a case, with its opener as the first who takes part.
  ///
  /// - Parameters:
  ///   - workflow: the version of a workflow that it follows; `nil` while none was adopted (R59).
  ///   - creator: the person who opens it.
  ///   - role: the creator's role in the case.
  public static func open(
    case caseID: Identifier, label: String, municipality: String? = nil, workflow: Identifier? = nil,
    on day: CalendarDay, creator: Identifier, as role: Role, identify: (_ purpose: String) -> Identifier
  ) -> [RecordDraft] {
    var head = RecordDraft.new(.case, id: caseID, in: caseID)
    head.write(Field.Case.label, label)
    head.write(Field.Case.openedOn, day)
    head.write(Field.Case.municipality, municipality)
    head.write(Field.Case.workflow, workflow)
    return [
      head,
      participant(id: identify("participant"), in: caseID, person: creator, role: role, since: day),
    ]
  }

  /// Records an inquiry (R1). What was said goes in a note of its own, which leaders who do not take part
  /// cannot read.
  public static func inquiry(
    in caseID: Identifier, about: [Identifier] = [], source: String, on day: CalendarDay,
    municipality: String? = nil, text: String? = nil, identify: (_ purpose: String) -> Identifier
  ) -> [RecordDraft] {
    var inquiry = RecordDraft.new(.inquiry, id: identify("inquiry"), in: caseID, about: about)
    inquiry.write(Field.Inquiry.receivedOn, day)
    inquiry.write(Field.Inquiry.source, source)
    inquiry.write(Field.Inquiry.municipality, municipality)
    return [inquiry] + comment(on: inquiry, text, day, id: { identify("note") })
  }

  /// Records the answers to the eligibility criteria for a child (R40–R42).
  public static func answerEligibility(
    id: Identifier, in caseID: Identifier, child: Identifier, proposal: EligibilityProposal,
    answers: EligibilityAnswers, laws: [String] = [], on day: CalendarDay
  ) -> RecordDraft {
    var eligibility = RecordDraft.new(.eligibility, id: id, in: caseID, about: [child])
    eligibility.write(Field.Eligibility.assessedOn, day)
    eligibility.write(Field.Eligibility.child, child)
    eligibility.write(Field.Eligibility.rule, proposal.ruleCode)
    eligibility.write(Field.Eligibility.severalLaws, answers.severalLaws)
    eligibility.write(Field.Eligibility.dailyLifeAffected, answers.dailyLifeAffected)
    eligibility.add(Field.Eligibility.laws, laws)
    return eligibility
  }

  /// Confirms or declines what the rule proposed; the reason goes in a note (R42).
  public static func decideEligibility(
    _ eligibility: CaseRecord, isConfirmed: Bool, reason: String?, on day: CalendarDay,
    identify: (_ purpose: String) -> Identifier
  ) -> [RecordDraft] {
    var change = RecordDraft.change(eligibility)
    change.write(Field.Eligibility.outcome, isConfirmed ? Code.confirmed : Code.declined)
    change.write(Field.Eligibility.decidedOn, day)
    return [change] + comment(on: change, reason, day, id: { identify("note") })
  }

  /// Offers the family to take part (R43).
  public static func offer(
    id: Identifier, in caseID: Identifier, about: [Identifier] = [], on day: CalendarDay
  ) -> RecordDraft {
    var offer = RecordDraft.new(.offer, id: id, in: caseID, about: about)
    offer.write(Field.Offer.offeredOn, day)
    return offer
  }

  /// Records that the family said yes (R43).
  public static func accept(_ offer: CaseRecord, on day: CalendarDay) -> RecordDraft {
    answer(offer, Code.accepted, on: day)
  }

  /// Records that the family said no (R43).
  public static func decline(_ offer: CaseRecord, on day: CalendarDay) -> RecordDraft {
    answer(offer, Code.declined, on: day)
  }

  /// Enrols children.
  public static func enrol(
    id: Identifier, in caseID: Identifier, children: [Identifier], on day: CalendarDay
  ) -> RecordDraft {
    var enrolment = RecordDraft.new(.enrolment, id: id, in: caseID, about: children)
    enrolment.write(Field.Enrolment.enrolledOn, day)
    enrolment.add(Field.Enrolment.children, children)
    return enrolment
  }

  /// Discharges children whose case can be closed (R44); the reason goes in a note.
  public static func discharge(
    in caseID: Identifier, children: [Identifier], reason: String? = nil, on day: CalendarDay,
    identify: (_ purpose: String) -> Identifier
  ) -> [RecordDraft] {
    var discharge = RecordDraft.new(.discharge, id: identify("discharge"), in: caseID, about: children)
    discharge.write(Field.Discharge.dischargedOn, day)
    discharge.add(Field.Discharge.children, children)
    return [discharge] + comment(on: discharge, reason, day, id: { identify("note") })
  }

  private static func answer(_ offer: CaseRecord, _ answer: String, on day: CalendarDay) -> RecordDraft {
    var change = RecordDraft.change(offer)
    change.write(Field.Offer.answer, answer)
    change.write(Field.Offer.answeredOn, day)
    return change
  }
}
