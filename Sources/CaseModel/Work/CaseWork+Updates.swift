public import CRDT

/// News from professionals outside the core team, and what becomes of it.
extension CaseWork {
  /// Sends news to a case's coordinator (R30). It names the alias and nothing of the case; whose data it
  /// holds is said at triage.
  public static func externalUpdate(
    id: Identifier, alias: Identifier, text: String, urgency: String, sender: String? = nil,
    on day: CalendarDay
  ) -> RecordDraft {
    var update = RecordDraft.new(.externalUpdate, id: id, in: alias)
    update.write(Field.ExternalUpdate.text, text)
    update.write(Field.ExternalUpdate.urgency, urgency)
    update.write(Field.ExternalUpdate.observedOn, day)
    update.write(Field.ExternalUpdate.sender, sender)
    return update
  }

  /// Triages an update (R31): the case keeps what was made of it, and the reporter gets a receipt under the
  /// alias, in one act.
  ///
  /// - Parameters:
  ///   - text: what the case keeps of the update, for all who take part; the update is the coordinator's.
  ///   - receivedOn: the day on which the update came in.
  public static func triage(
    update: CaseRecord, in caseID: Identifier, about: [Identifier] = [], outcome: String, text: String? = nil,
    reason: String? = nil, receivedOn: CalendarDay? = nil, on day: CalendarDay,
    identify: (_ purpose: String) -> Identifier
  ) -> [RecordDraft] {
    var triage = RecordDraft.new(.triage, id: identify("triage"), in: caseID, about: about)
    triage.write(Field.Triage.update, update.id)
    triage.write(Field.Triage.triagedOn, day)
    triage.write(Field.Triage.outcome, outcome)
    triage.write(Field.Triage.text, text ?? update.text(Field.ExternalUpdate.text))
    triage.write(Field.Triage.reason, reason)
    triage.write(Field.Triage.urgency, update.text(Field.ExternalUpdate.urgency))
    triage.write(Field.Triage.sender, update.text(Field.ExternalUpdate.sender))
    triage.write(Field.Triage.receivedOn, receivedOn)
    var receipt = RecordDraft.new(.updateReceipt, id: identify("receipt"), in: update.caseID)
    receipt.write(Field.UpdateReceipt.update, update.id)
    receipt.write(Field.UpdateReceipt.receivedOn, receivedOn)
    receipt.write(Field.UpdateReceipt.triagedOn, day)
    return [triage, receipt]
  }
}
