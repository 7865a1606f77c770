public import CRDT

/// Settling what records break together.
extension CaseWork {
  /// Settles a semantic conflict. It is a change like any other, and can be revised by another settlement.
  ///
  /// - Parameter isAccepted: whether it stays as it is, or was corrected.
  public static func settle(
    _ conflict: SemanticConflict, id: Identifier, isAccepted: Bool, reason: String?, on day: CalendarDay
  ) -> RecordDraft {
    let about = Set(conflict.evidence.flatMap(\.record.about)).sorted()
    var draft = RecordDraft.new(.settlement, id: id, in: conflict.caseID, about: about)
    draft.write(Field.Settlement.settledOn, day)
    draft.write(Field.Settlement.rule, conflict.rule.rawValue)
    draft.add(Field.Settlement.records, conflict.records)
    draft.write(Field.Settlement.outcome, isAccepted ? Code.accepted : "corrected")
    draft.write(Field.Settlement.text, reason)
    return draft
  }
}
