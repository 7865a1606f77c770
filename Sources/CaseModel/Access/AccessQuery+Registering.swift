import CRDT

/// What speaks against a governing record of the register although its writer may write such.
extension AccessQuery {
  /// What speaks against creating one.
  func objection(toRegistering draft: CaseRecord) -> AccessRule? {
    switch record.kind {
    case .vouching:
      guard let vouching = Vouching(draft), !vouching.isEnded, vouching.period.isPossible else {
        return .malformed
      }
      return vouching.person == person ? .selfGrant : nil
    case .legalBasis:
      guard let basis = LegalBasis(draft), !basis.isEnded else { return .malformed }
      return basis.persons.contains(person) ? .selfGrant : nil
    case .informationType:
      guard let entry = InformationTypeEntry(draft), !entry.isEnded, entry.period.isPossible else {
        return .malformed
      }
      return draft.identifier(Field.InformationType.confirmedBy) == nil ? nil : .selfGrant
    case .authorityLimit:
      guard let limit = AuthorityLimit(draft) else { return .malformed }
      let isConfirmed = draft.identifier(Field.AuthorityLimit.confirmedBy) != nil
      return limit.person == person || isConfirmed ? .selfGrant : nil
    default: return .unknownKind
    }
  }

  /// What speaks against one operation on one: nobody confirms what he wrote himself, or that he is to be
  /// vouched for, and nobody confirms for another.
  func objection(toRegistering operation: Operation) -> AccessRule? {
    switch (record.kind, operation.field) {
    case (.vouching, Field.Vouching.confirmedUntil.id):
      return state.vouching(record.id)?.person == person ? .selfGrant : nil
    case (.informationType, Field.InformationType.confirmedBy.id),
      (.authorityLimit, Field.AuthorityLimit.confirmedBy.id):
      guard operation.action == .decide(.identifier(person)) else { return .malformed }
      return record.creator == nil || record.creator == person ? .selfGrant : nil
    default: return nil
    }
  }
}
