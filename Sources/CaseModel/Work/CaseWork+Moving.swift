public import CRDT

/// Moving a case to another tenant, and taking one over (R51).
extension CaseWork {
  /// Proposes to move a case to another tenant; a second leader confirms it.
  ///
  /// - Parameters:
  ///   - recipient: the tenant.
  ///   - name: what it is called.
  ///   - card: the digest of its card, 64 hexadecimal digits.
  ///   - ground: why, in writing.
  public static func transfer(
    id: Identifier, case caseID: Identifier, to recipient: Identifier, name: String, card: String,
    ground: String
  ) -> RecordDraft {
    var draft = RecordDraft.new(.transfer, id: id, in: caseID)
    draft.write(Field.Transfer.recipient, recipient)
    draft.write(Field.Transfer.name, name)
    draft.write(Field.Transfer.card, card)
    draft.write(Field.Transfer.ground, ground)
    return draft
  }

  /// Confirms what came with a case from another tenant: from then on it holds here.
  public static func arrival(
    id: Identifier, in caseID: Identifier, confirming records: [Identifier]
  ) -> RecordDraft {
    var draft = RecordDraft.new(.arrival, id: id, in: caseID)
    draft.add(Field.Arrival.confirmed, records)
    return draft
  }
}
