public import CRDT

/// What governed a case before.
extension GoverningState {
  /// The records that govern a case, in order.
  ///
  /// - Complexity: O(what governs the case)
  public func governingRecords(of caseID: Identifier) -> [Identifier] {
    governance(of: caseID)?.contents.records ?? []
  }

  /// The same state, but that of one case nothing counts but these records as they stand here. Accounts, the
  /// register and other cases are as they are now.
  ///
  /// - Complexity: O(records)
  public func replacing(_ caseID: Identifier, by records: [CaseRecord]) -> GoverningState {
    var past = staged()
    past.layer.cases[caseID] = CaseGovernance()
    for record in records where record.caseID == caseID { past.update(with: record) }
    return past
  }
}

extension CaseContents {
  /// The records that say it, in order.
  var records: [Identifier] {
    var ids = Set(participants.keys)
    for keys in [
      Set(allocations.keys), Set(consents.keys), Set(grounds.keys), Set(releases.keys),
      Set(withholdings.keys), Set(reclassifications.keys), Set(custodies.keys), Set(glasses.keys),
      Set(audiences.keys), Set(erasures.keys), Set(transfers.keys), Set(arrivals.keys), Set(suspended.keys),
      Set(decisions.keys),
    ] {
      ids.formUnion(keys)
    }
    if let head { ids.insert(head.id) }
    return ids.sorted()
  }

  /// Those of them that nobody can have erased.
  var lasting: Set<Identifier> { Set(records).subtracting(audiences.keys) }
}
