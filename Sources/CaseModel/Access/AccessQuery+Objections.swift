import CRDT

/// What speaks against a governing record although its writer may write such: it does not say what it must,
/// or it would give her rights of her own.
extension AccessQuery {
  /// What speaks against creating a governing record in a case.
  func objection(
    to draft: CaseRecord, of operations: [Operation], in governance: CaseGovernance
  ) -> AccessRule? {
    switch record.kind {
    case .consent:
      guard let consent = Consent(draft), !consent.isWithdrawn else { return .malformed }
      return isOwn(consent.provision.recipient, in: governance) ? .selfGrant : nil
    case .ground: return objection(toInvoking: Ground(draft), in: governance)
    case .release:
      guard let release = Release(draft), !release.isEnded else { return .malformed }
      return release.person == person ? .selfGrant : nil
    case .withholding:
      guard let withholding = Withholding(draft), !withholding.isEmpty else { return .malformed }
      let cases = draft.identifiers(Field.Withholding.cases)
      return withholding.isWholeCase && cases != [record.caseID] ? .malformed : nil
    case .reclassification:
      guard let classified = Reclassification(draft) else { return .malformed }
      let saysNothing = classified.about.isEmpty && classified.types.isEmpty && classified.audience.isEmpty
      return saysNothing || !hasProfessionalRoles(operations) ? .malformed : nil
    case .custody:
      guard let custody = Custody(draft), custody.period.isPossible,
        draft.text(Field.Custody.status) == Custody.Status.standing
      else { return .malformed }
      return custody.holder == person || custody.subject == person ? .selfGrant : nil
    case .breakGlass:
      guard let glass = BreakGlass(draft), !glass.isEnded else { return .malformed }
      return nil
    case .erasure: return objection(toErasing: draft, in: governance)
    case .transfer: return objection(toMoving: draft)
    case .arrival: return objection(toConfirming: draft.identifiers(Field.Arrival.confirmed), in: governance)
    case .protectedContact: return hasProfessionalRoles(operations) ? nil : .malformed
    case .decision: return objection(toPreparing: draft)
    default: return .unknownKind
    }
  }

  /// A legal basis is invoked by whom it names, for what it is for, and for as long as it allows.
  private func objection(toInvoking ground: Ground?, in governance: CaseGovernance) -> AccessRule? {
    guard let ground, !ground.isEnded else { return .malformed }
    if isOwn(ground.provision.recipient, in: governance) { return .selfGrant }
    guard let basis = state.basis(ground.basis), basis.allows(ground, at: instant) else {
      return .basisDoesNotAllow
    }
    let mayInvoke =
      basis.persons.contains(person) || ownRoles(in: governance).contains(where: basis.roles.contains)
    return mayInvoke ? nil : .basisDoesNotAllow
  }

  /// What speaks against one operation on a governing record of a case.
  func objection(
    to operation: Operation, by rule: AccessRule, in governance: CaseGovernance
  ) -> AccessRule? {
    switch record.kind {
    case .consent: return objection(toSigning: operation, by: rule, in: governance)
    case .reclassification, .protectedContact:
      if !hasProfessionalRoles([operation]) { return .malformed }
      let isCreator = record.kind == .protectedContact && record.creator == person
      return admitsSelf(operation, in: governance) && !isCreator ? .selfGrant : nil
    case .custody where operation.field == Field.Custody.status.id:
      guard operation.action == .decide(.text(Custody.Status.ended)) else { return .givenOnce }
      guard let custody = governance.contents.custodies[record.id] else { return .malformed }
      return custody.holder == person || custody.subject == person ? .selfGrant : nil
    case .erasure: return objection(toDeciding: operation, in: governance)
    case .transfer: return objection(toConfirmingMove: operation, in: governance)
    case .decision: return objection(toWriting: operation, in: governance)
    case .arrival:
      guard case .add(.identifier(let confirmed)) = operation.action else { return .malformed }
      return objection(toConfirming: [confirmed], in: governance)
    case .withholding where operation.field == Field.Withholding.cases.id:
      guard case .add(let element) = operation.action else { return nil }
      return record.caseID.map { element == .identifier($0) } == true ? nil : .malformed
    default: return nil
    }
  }

  /// What governs is not erased: it would govern no more, a withholding among it. A protected contact
  /// closes nothing but itself.
  private func objection(toErasing draft: CaseRecord, in governance: CaseGovernance) -> AccessRule? {
    guard let erasure = Erasure(draft), !erasure.isEnded,
      governance.contents.lasting.union([record.id]).isDisjoint(with: erasure.records)
    else { return .malformed }
    return draft.identifier(Field.Erasure.confirmedBy) == nil ? nil : .selfGrant
  }

  /// Nobody confirms what he proposed himself, or for another, or what was given up; and what was confirmed
  /// is not given up.
  private func objection(toDeciding operation: Operation, in governance: CaseGovernance) -> AccessRule? {
    guard let erasure = governance.contents.erasures[record.id] else { return .malformed }
    guard operation.field == Field.Erasure.confirmedBy.id else {
      return erasure.isConfirmed ? .givenOnce : nil
    }
    guard !erasure.isEnded else { return .givenOnce }
    guard operation.action == .decide(.identifier(person)) else { return .malformed }
    return record.creator == nil || record.creator == person ? .selfGrant : nil
  }

  /// Parents sign for themselves; others note who signed, unless the consent is for them.
  private func objection(
    toSigning operation: Operation, by rule: AccessRule, in governance: CaseGovernance
  ) -> AccessRule? {
    guard operation.field == Field.Consent.signatures.id else { return nil }
    if let consent = governance.contents.consents[record.id],
      isOwn(consent.provision.recipient, in: governance)
    {
      return .selfGrant
    }
    return rule == .grantor && operation.action != .add(.identifier(person)) ? .roleInsufficient : nil
  }

  /// Whether a recipient is the person herself, or an organisation that vouches for her or that she stands
  /// for.
  func isOwn(_ recipient: Identifier, in governance: CaseGovernance) -> Bool {
    recipient == person
      || governance.index.parts[person, default: []].contains { $0.organisation == recipient }
      || state.vouchings(for: person).contains { $0.organisation == recipient }
  }

  /// Whether an operation on an audience would let the person in.
  private func admitsSelf(_ operation: Operation, in governance: CaseGovernance) -> Bool {
    let names = audienceFields
    let value: Value
    switch operation.action {
    case .add(let element) where names.named.contains(operation.field): value = element
    case .remove(let element) where names.excluded.contains(operation.field): value = element
    default: return false
    }
    switch value {
    case .identifier(let identifier): return identifier == person
    case .integer(let number): return ownRoles(in: governance).contains { Int64($0.rawValue) == number }
    default: return false
    }
  }

  private var audienceFields: (named: [FieldID], excluded: [FieldID], roles: [FieldID]) {
    let fields: Audience.Fields = record.kind == .protectedContact ? .protectedContact : .reclassification
    return (
      [fields.persons.id, fields.roles.id], [fields.excludedPersons.id, fields.excludedRoles.id],
      [fields.roles.id, fields.excludedRoles.id]
    )
  }

  /// Whether operations name no other roles in an audience than those of professions.
  private func hasProfessionalRoles(_ operations: [Operation]) -> Bool {
    let fields = audienceFields.roles
    return operations.allSatisfy { operation in
      guard fields.contains(operation.field), case .add(let element) = operation.action else { return true }
      guard case .integer(let number) = element, let role = UInt32(exactly: number) else { return false }
      return Role(rawValue: role).isProfessional
    }
  }

  /// The roles that the person has in the case, and that of a leader in the tenant.
  private func ownRoles(in governance: CaseGovernance) -> [Role] {
    let roles = state.standingParts(of: person, in: governance, at: instant).map(\.role)
    return role == .leader ? roles + [.leader] : roles
  }
}
