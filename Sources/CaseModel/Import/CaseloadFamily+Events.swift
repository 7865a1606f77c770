import CRDT

/// What each event becomes.
extension CaseloadFamily {
  mutating func add(_ named: CaseloadImport.Named) {
    let day = named.event.day
    let id = identify(named.key)
    switch named.event.content {
    case .inquiry(let source, let municipality, _):
      var inquiry = RecordDraft.new(.inquiry, id: id, in: caseID, about: about)
      inquiry.write(Field.Inquiry.receivedOn, day)
      inquiry.write(Field.Inquiry.source, source)
      inquiry.write(Field.Inquiry.municipality, municipality)
      add(inquiry)
    case .eligibility(let rule, let answers, let laws, let child):
      add(eligibility(id, rule, answers, laws, child, day))
    case .offered: add(CaseWork.offer(id: id, in: caseID, about: about, on: day))
    case .declined:
      // An answer of its own: the offer that it answers may stand in another file, or in none.
      var answer = RecordDraft.new(.offer, id: id, in: caseID, about: about)
      answer.write(Field.Offer.answer, Code.declined)
      answer.write(Field.Offer.answeredOn, day)
      add(answer)
    case .enrolled(let children):
      add(CaseWork.enrol(id: id, in: caseID, children: children.map(childID), on: day))
    case .discharged(let children, let reason):
      let noteID = identify(named.key + "/note")
      for draft in CaseWork.discharge(
        in: caseID, children: children.map(childID), reason: reason, on: day,
        identify: { $0 == "note" ? noteID : id })
      { add(draft) }
    case .allocated, .statusMeeting: break
    case .assessmentMeeting(let participants, let notes, let priorities, let expected):
      addAssessment(named, participants, notes, priorities, expected)
    case .analysisMeeting(let participants, let withParents):
      add(
        CaseWork.analysisMeeting(
          id: id, in: caseID, about: about, withParents: withParents,
          participants: participants.compactMap { person($0, on: day) }, attendees: participants, on: day))
    case .planAgreed(let version, let goals): addPlan(id, version, goals, day)
    case .familyContact(let form, let by, let text): add(contact(id, form, by, text, day))
    case .externalUpdate(let sender, let urgency, let text): add(triage(id, sender, urgency, text, day))
    case .majorChange(let trigger, let isConfirmed, let reason):
      add(majorChange(id, trigger, isConfirmed, reason, day))
    }
  }

  private func eligibility(
    _ id: Identifier, _ rule: String?, _ answers: EligibilityAnswers, _ laws: [String], _ child: String?,
    _ day: CalendarDay
  ) -> RecordDraft {
    var draft = RecordDraft.new(.eligibility, id: id, in: caseID, about: about)
    draft.write(Field.Eligibility.assessedOn, day)
    draft.write(Field.Eligibility.child, child.map(childID))
    draft.write(Field.Eligibility.rule, rule)
    draft.write(Field.Eligibility.severalLaws, answers.severalLaws)
    draft.write(Field.Eligibility.dailyLifeAffected, answers.dailyLifeAffected)
    draft.add(Field.Eligibility.laws, laws)
    return draft
  }

  private func contact(
    _ id: Identifier, _ form: String?, _ by: String?, _ text: String?, _ day: CalendarDay
  ) -> RecordDraft {
    var draft = RecordDraft.new(.contact, id: id, in: caseID, about: about)
    draft.write(Field.Contact.heldOn, day)
    draft.write(Field.Contact.form, form)
    draft.write(Field.Contact.by, by.flatMap { person($0, on: day) })
    draft.write(Field.Contact.byLabel, by)
    draft.write(Field.Contact.text, text)
    return draft
  }

  private func triage(
    _ id: Identifier, _ sender: String?, _ urgency: String?, _ text: String?, _ day: CalendarDay
  ) -> RecordDraft {
    var draft = RecordDraft.new(.triage, id: id, in: caseID, about: about)
    draft.write(Field.Triage.receivedOn, day)
    draft.write(Field.Triage.sender, sender)
    draft.write(Field.Triage.urgency, urgency)
    draft.write(Field.Triage.text, text)
    return draft
  }

  private func majorChange(
    _ id: Identifier, _ trigger: String?, _ isConfirmed: Bool?, _ reason: String?, _ day: CalendarDay
  ) -> RecordDraft {
    var draft = RecordDraft.new(.majorChange, id: id, in: caseID, about: about)
    draft.write(Field.MajorChange.happenedOn, day)
    draft.write(Field.MajorChange.trigger, trigger)
    draft.write(Field.MajorChange.isConfirmed, isConfirmed)
    draft.write(Field.MajorChange.reason, reason)
    return draft
  }
}
