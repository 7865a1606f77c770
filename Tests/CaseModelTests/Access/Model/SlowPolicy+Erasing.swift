import CRDT
import CaseModel

/// What is erased from the register, and what must have ended before.
extension SlowPolicy {
  func isErasedFromRegister(_ id: Identifier) -> Bool {
    records.contains { erasure in
      erasure.kind == .registerErasure && erasure.identifiers(Field.Erasure.records).contains(id)
        && erasure.identifier(Field.Erasure.confirmedBy) != nil
    }
  }

  /// To whom operations would give something.
  func receivers(_ action: Action, _ kind: RecordKind) -> [Identifier] {
    let operations: [CRDT.Operation]
    switch action {
    case .read: return []
    case .create(let written), .write(let written): operations = written
    }
    let names: Set<String> =
      switch kind {
      case .allocation: ["coordinator"]
      case .participant, .vouching: ["person", "organisation"]
      case .consent: ["recipient", "required_signers", "signatures"]
      case .ground: ["recipient"]
      case .release, .authorityLimit: ["person"]
      case .custody: ["holder"]
      case .legalBasis: ["persons"]
      default: []
      }
    return operations.compactMap { operation in
      guard let name = kind.definition?.field(operation.field)?.name, names.contains(name) else { return nil }
      switch operation.action {
      case .assign(.identifier(let id)), .add(.identifier(let id)), .decide(.identifier(let id)): return id
      default: return nil
      }
    }
  }

  func writeErasure(
    _ p: Identifier, _ role: Role, _ operations: [CRDT.Operation], _ ref: RecordReference,
    _ standing: CaseRecord?, _ t: Int64
  ) -> AccessVerdict {
    let rule: AccessRule = role == .leader ? .leaderTables : .coordinatorGoverning
    for operation in operations {
      let name = ref.kind.definition?.field(operation.field)?.name
      let isConfirmed = standing?.identifier(Field.Erasure.confirmedBy) != nil
      switch (operation.action, name) {
      case (.add, "ended"):
        guard standing != nil else { return .denied(.malformed) }
        if isConfirmed { return .denied(.givenOnce) }
      case (.decide(let value), "confirmed_by"):
        if role != .leader { return .denied(.roleInsufficient) }
        guard let standing else { return .denied(.malformed) }
        if !isConfirmed, standing.hasElements(Field.Erasure.ended) { return .denied(.givenOnce) }
        if value != .identifier(p) { return .denied(.malformed) }
        if ref.creator == nil || ref.creator == p { return .denied(.selfGrant) }
        let named = standing.identifiers(Field.Erasure.records)
        if named.contains(where: { roles[$0] != nil || isNamed($0, t) }) { return .denied(.stillNamed) }
      default: return .denied(.givenOnce)
      }
    }
    return .allowed(rule)
  }

  /// Whether anything that counts, or may come to count, names somebody.
  private func isNamed(_ id: Identifier, _ t: Int64) -> Bool {
    everything.contains { record in
      let isMoved = records.contains {
        $0.kind == .transfer && $0.caseID == record.caseID && !$0.hasElements(Field.Transfer.ended)
          && $0.identifier(Field.Transfer.confirmedBy) != nil
      }
      return !ignored.contains(record) && !(record.caseID != nil && isMoved) && counts(record, t)
        && names(record).contains(id)
    }
  }

  private func counts(_ record: CaseRecord, _ t: Int64) -> Bool {
    let ends: Int64? =
      switch record.kind {
      case .participant: record.integer(Field.Participant.endsAt)
      case .consent: record.integer(Field.Consent.endsAt)
      case .ground: record.integer(Field.Ground.endsAt)
      case .release: record.integer(Field.Release.endsAt)
      case .custody: record.integer(Field.Custody.endsAt)
      case .vouching: record.integer(Field.Vouching.confirmedUntil)
      case .legalBasis: record.integer(Field.LegalBasis.validUntil)
      case .authorityLimit: record.integer(Field.AuthorityLimit.validUntil)
      default: nil
      }
    if let ends, ends <= t { return false }
    switch record.kind {
    case .participant: return record.text(Field.Participant.status) == "active"
    case .consent: return !record.hasElements(Field.Consent.withdrawals)
    case .ground: return !record.hasElements(Field.Ground.ended)
    case .release: return !record.hasElements(Field.Release.ended)
    case .custody: return record.text(Field.Custody.status) != "ended"
    case .vouching: return !record.hasElements(Field.Vouching.ended)
    case .legalBasis: return !record.hasElements(Field.LegalBasis.ended)
    case .authorityLimit:
      let confirmer = record.identifier(Field.AuthorityLimit.confirmedBy)
      return !record.hasElements(Field.AuthorityLimit.ended) && confirmer != nil
        && confirmer != record.creator
    case .withholding:
      return record.hasElements(Field.Withholding.cases) || record.hasElements(Field.Withholding.records)
        || record.hasElements(Field.Withholding.subjects)
    default: return false
    }
  }

  private func names(_ record: CaseRecord) -> [Identifier] {
    let one: [FieldDefinition]
    let several: [FieldDefinition]
    switch record.kind {
    case .participant: (one, several) = ([Field.Participant.person, Field.Participant.organisation], [])
    case .consent:
      (one, several) = ([Field.Consent.recipient], [Field.Consent.required, Field.Consent.signatures])
    case .ground: (one, several) = ([Field.Ground.recipient], [])
    case .release: (one, several) = ([Field.Release.person], [])
    case .custody: (one, several) = ([Field.Custody.holder, Field.Custody.subject], [])
    case .vouching: (one, several) = ([Field.Vouching.person, Field.Vouching.organisation], [])
    case .legalBasis: (one, several) = ([], [Field.LegalBasis.persons])
    case .authorityLimit: (one, several) = ([Field.AuthorityLimit.person], [])
    case .withholding: (one, several) = ([Field.Withholding.person], [])
    default: (one, several) = ([], [])
    }
    return one.compactMap(record.identifier) + several.flatMap(record.identifiers)
  }
}
