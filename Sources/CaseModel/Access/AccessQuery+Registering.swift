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
    case .registerErasure: return objection(toErasing: draft)
    default: return .unknownKind
    }
  }

  /// What governs is not erased, nor is the erasure itself.
  private func objection(toErasing draft: CaseRecord) -> AccessRule? {
    guard let erasure = Erasure(draft), !erasure.isEnded, !erasure.records.contains(record.id),
      !erasure.records.contains(where: state.governsRegister)
    else { return .malformed }
    return draft.identifier(Field.Erasure.confirmedBy) == nil ? nil : .selfGrant
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
    case (.legalBasis, Field.LegalBasis.complaintBody.id):
      guard case .decide(.text(let body)) = operation.action, !body.isEmpty else { return .malformed }
      return nil
    case (.registerErasure, _): return objection(toDecidingErasure: operation)
    default: return nil
    }
  }

  /// As in a case; and who has an account, takes part, or is named by something that counts is not erased:
  /// that ends first.
  private func objection(toDecidingErasure operation: Operation) -> AccessRule? {
    guard let erasure = state.registerErasure(record.id) else { return .malformed }
    guard operation.field == Field.Erasure.confirmedBy.id else {
      return erasure.isConfirmed ? .givenOnce : nil
    }
    guard !erasure.isEnded else { return .givenOnce }
    guard operation.action == .decide(.identifier(person)) else { return .malformed }
    guard let creator = record.creator, creator != person else { return .selfGrant }
    return erasure.records.contains { state.isStillNamed($0, at: instant) } ? .stillNamed : nil
  }
}
