import CRDT

/// Whom two persons had erased from the register, nothing is given to any more: nobody could tell to whom.
extension AccessQuery {
  /// Whether something would be given to somebody, or to an organisation, that was erased.
  func givesToErased(_ action: Action) -> Bool {
    let operations: [Operation]
    switch action {
    case .read: return false
    case .create(let written), .write(let written): operations = written
    }
    guard let receivers = Self.receivers[record.kind] else { return false }
    return operations.contains { operation in
      guard receivers.contains(where: { $0.id == operation.field }) else { return false }
      switch operation.action {
      case .assign(.identifier(let id)), .add(.identifier(let id)), .decide(.identifier(let id)):
        return state.isErasedFromRegister(id)
      default: return false
      }
    }
  }

  /// The fields that say to whom, of the kinds that give something.
  private static let receivers: [RecordKind: [FieldDefinition]] = [
    .allocation: [Field.Allocation.coordinator],
    .participant: [Field.Participant.person, Field.Participant.organisation],
    .consent: [Field.Consent.recipient, Field.Consent.required, Field.Consent.signatures],
    .ground: [Field.Ground.recipient],
    .release: [Field.Release.person],
    .custody: [Field.Custody.holder],
    .vouching: [Field.Vouching.organisation, Field.Vouching.person],
    .legalBasis: [Field.LegalBasis.persons],
    .authorityLimit: [Field.AuthorityLimit.person],
  ]
}
