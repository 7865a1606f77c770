import CRDT
import CaseModel

/// Who creates and writes what gives and takes access, kind by kind.
extension SlowPolicy {
  func createGoverning(
    _ p: Identifier, _ role: Role, _ operations: [CRDT.Operation], _ ref: RecordReference, _ t: Int64
  ) -> AccessVerdict {
    let own = Set(parts(of: p, in: ref.caseID, t).map(Self.role))
    let coordinates = own.contains(.familyCoordinator) && readers(of: ref.caseID, t).contains(p)
    let takesPart = own.contains(where: \.isStaff)
    let lacking = AccessVerdict.denied(
      own.subtracting([.externalReporter]).isEmpty ? .noParticipation : .roleInsufficient)
    let governor: AccessRule? = role == .leader ? .leaderStep : coordinates ? .coordinatorGoverning : nil
    let draft = Self.standing(operations, ref, by: p)
    switch ref.kind {
    case .participant: return createPart(p, role, own, coordinates, draft, lacking)
    case .breakGlass:
      if role != .leader { return lacking }
      return draft.text(Field.BreakGlass.reason)?.isEmpty == false
        ? .allowed(.breakGlass) : .denied(.malformed)
    case .transfer: return role == .leader ? .allowed(.leaderStep) : lacking
    case .decision:
      guard role == .leader || takesPart else { return lacking }
      return draft.identifier(Field.Decision.issuedBy) == nil
        ? .allowed(role == .leader ? .leaderStep : .participant) : .denied(.malformed)
    case .arrival:
      if role != .leader { return lacking }
      let confirmed = draft.identifiers(Field.Arrival.confirmed)
      let objections = confirmed.map { objection(toConfirming: $0, p, ref, t) }
      return objections.compactMap(\.self).first.map { .denied($0) } ?? .allowed(.leaderStep)
    case .protectedContact:
      return takesPart ? .allowed(.participant) : own.contains(.parent) ? .allowed(.ownRecord) : lacking
    case .ground:
      if role != .leader && !takesPart { return lacking }
      if isOwn(draft.identifier(Field.Ground.recipient), p, ref.caseID) { return .denied(.selfGrant) }
      guard let basis = all(.legalBasis, nil).first(where: { $0.id == draft.identifier(Field.Ground.basis) }),
        isInForce(basis, t)
      else { return .denied(.basisDoesNotAllow) }
      let roles = role == .leader ? own.union([.leader]) : own
      let isNamed = basis.identifiers(Field.LegalBasis.persons).contains(p)
      let length =
        (draft.integer(Field.Ground.endsAt) ?? 0) - (draft.integer(Field.Ground.startsAt) ?? 0)
      let isAllowed =
        (isNamed || !roles.isDisjoint(with: numbers(basis, Field.LegalBasis.roles)))
        && types(draft, Field.Ground.types).isSubset(of: types(basis, Field.LegalBasis.types))
        && length <= 24 * Self.hour * (basis.integer(Field.LegalBasis.daysMax) ?? 0)
      return isAllowed ? .allowed(.invoker) : .denied(.basisDoesNotAllow)
    default: break
    }
    guard let governor else { return lacking }
    switch ref.kind {
    case .consent:
      return isOwn(draft.identifier(Field.Consent.recipient), p, ref.caseID)
        ? .denied(.selfGrant) : .allowed(governor)
    case .release:
      return draft.identifier(Field.Release.person) == p ? .denied(.selfGrant) : .allowed(governor)
    case .custody:
      let named = [draft.identifier(Field.Custody.subject), draft.identifier(Field.Custody.holder)]
      return named.contains(p) ? .denied(.selfGrant) : .allowed(governor)
    case .erasure:
      let named = draft.identifiers(Field.Erasure.records)
      let lasts = everything.contains { record in
        named.contains(record.id) && record.caseID == ref.caseID && record.kind != .protectedContact
          && (record.kind == .case || record.kind.isGoverned)
      }
      return lasts ? .denied(.malformed) : .allowed(governor)
    default: return .allowed(governor)
    }
  }

  /// What speaks against confirming what came from another tenant.
  private func objection(
    toConfirming id: Identifier, _ p: Identifier, _ ref: RecordReference, _ t: Int64
  ) -> AccessRule? {
    guard let waiting = suspended.first(where: { $0.id == id && $0.caseID == ref.caseID }) else {
      return .malformed
    }
    switch waiting.kind {
    case .participant: return waiting.identifier(Field.Participant.person) == p ? .selfGrant : nil
    case .allocation:
      if waiting.identifier(Field.Allocation.coordinator) == p { return .selfGrant }
      return all(.allocation, ref.caseID).isEmpty ? nil : .alreadyAllocated
    case .consent: return isOwn(waiting.identifier(Field.Consent.recipient), p, ref.caseID) ? .selfGrant : nil
    case .release: return isOwn(waiting.identifier(Field.Release.person), p, ref.caseID) ? .selfGrant : nil
    case .custody:
      let named = [waiting.identifier(Field.Custody.subject), waiting.identifier(Field.Custody.holder)]
      return named.contains(p) ? .selfGrant : nil
    case .ground:
      if isOwn(waiting.identifier(Field.Ground.recipient), p, ref.caseID) { return .selfGrant }
      let basis = all(.legalBasis, nil).first { $0.id == waiting.identifier(Field.Ground.basis) }
      let length =
        (waiting.integer(Field.Ground.endsAt) ?? 0) - (waiting.integer(Field.Ground.startsAt) ?? 0)
      guard let basis, isInForce(basis, t),
        types(waiting, Field.Ground.types).isSubset(of: types(basis, Field.LegalBasis.types)),
        length <= 24 * Self.hour * (basis.integer(Field.LegalBasis.daysMax) ?? 0)
      else { return .basisDoesNotAllow }
      return nil
    default: return .malformed
    }
  }

  private func createPart(
    _ p: Identifier, _ role: Role, _ own: Set<Role>, _ coordinates: Bool, _ draft: CaseRecord,
    _ lacking: AccessVerdict
  ) -> AccessVerdict {
    let head = records.first { $0.kind == .case && $0.id == draft.caseID }
    let creator = head?.origin == Self.tenant ? head?.creator : nil
    let isFirst = creator == p && all(.participant, draft.caseID).isEmpty
    if role != .leader && !coordinates && !isFirst { return lacking }
    let partRole = Self.role(draft)
    let alias = draft.identifier(Field.Participant.alias)
    guard let person = draft.identifier(Field.Participant.person) else { return .denied(.malformed) }
    if let held = roles[person], !held.mayTakePart(as: partRole) { return .denied(.roleNotHeld) }
    if let alias,
      everything.contains(where: {
        $0.kind == .participant && $0.identifier(Field.Participant.alias) == alias || $0.caseID == alias
      })
    {
      return .denied(.aliasTaken)
    }
    if person == p { return isFirst && partRole.isStaff ? .allowed(.firstParticipant) : .denied(.selfGrant) }
    if role == .leader { return .allowed(.leaderStep) }
    return coordinates && partRole.rawValue > 2
      ? .allowed(.coordinatorParticipants) : .denied(.roleInsufficient)
  }

  private func writeDecision(
    _ p: Identifier, _ role: Role, _ operations: [CRDT.Operation], _ name: String, _ record: CaseRecord,
    _ writer: AccessRule?, _ t: Int64
  ) -> AccessVerdict {
    let isIssued = Self.isIssued(record)
    let allowed = writer.map { AccessVerdict.allowed($0) } ?? .denied(.roleInsufficient)
    if let issuing = operations.first(where: { $0.field == Field.Decision.issuedBy.id }) {
      let saying = record.kind.definition?.fields.prefix(6) ?? []
      let standing = saying.compactMap { field in
        record.value(field).map { CRDT.Operation(field: field.id, action: .decide($0)) }
      }
      let repeated = operations.filter { operation in saying.contains { $0.id == operation.field } }
      if Set(repeated) != Set(standing) || repeated.count != standing.count { return .denied(.malformed) }
      if isIssued { return .denied(.givenOnce) }
      let isWhole = record.identifier(Field.Decision.reasons) != nil
      if issuing.action != .decide(.identifier(p)) || !isWhole { return .denied(.malformed) }
      return mayDecide(p, role, record, t) ? allowed : .denied(.beyondAuthority)
    }
    guard let operation = operations.first else { return .denied(.malformed) }
    if operations.contains(where: {
      [Field.Decision.issuedOn.id, Field.Decision.complaintUntil.id, Field.Decision.complaintBody.id]
        .contains($0.field)
    }) {
      return .denied(.malformed)
    }
    switch (operation.action, name) {
    case (.assign, "delivered_on"), (.assign, "delivery_form"), (.assign, "explained_on"):
      return isIssued ? allowed : .denied(.malformed)
    case (.add, "withdrawn"):
      if role != .leader { return .denied(.roleInsufficient) }
      return isIssued ? allowed : .denied(.malformed)
    case (.decide(let value), _) where name != "delivered_on":
      guard Self.decided.contains(name) else { return .denied(.givenOnce) }
      if isIssued { return .denied(.givenOnce) }
      switch (name, value) {
      case ("matter", .text(let matter)): return matter.isEmpty ? .denied(.malformed) : allowed
      case ("amount", .integer(let amount)): return amount < 0 ? .denied(.malformed) : allowed
      case ("matter", _), ("amount", _): return .denied(.malformed)
      default: return allowed
      }
    default: return .denied(.givenOnce)
    }
  }

  /// Of each of the fields 1 to 7 that hold something, the one that is shown: all are of one change.
  static func isIssued(_ decision: CaseRecord) -> Bool {
    guard decision.identifier(Field.Decision.issuedBy) != nil else { return false }
    let shown = (1...7).compactMap { number in
      decision.state.fields.first { $0.key.field.rawValue == number && $0.key.kind == .arbitrated }?.value
        .max { ($0.context.shownAt, $0.dot) < ($1.context.shownAt, $1.dot) }
    }
    return Set(shown.map(\.context.id)).count == 1
  }

  private static let decided: Set = [
    "matter", "amount", "intervention", "outcome", "legal_basis", "reasons", "issued_on", "complaint_until",
    "complaint_body",
  ]

  /// The smallest limit of hers, or else of her role, that a second leader confirmed.
  private func mayDecide(_ p: Identifier, _ role: Role, _ record: CaseRecord, _ t: Int64) -> Bool {
    let limits = all(.authorityLimit, nil).filter { limit in
      let confirmer = limit.identifier(Field.AuthorityLimit.confirmedBy)
      return confirmer != nil && confirmer != limit.creator
        && limit.text(Field.AuthorityLimit.matter) == record.text(Field.Decision.matter)
        && !limit.hasElements(Field.AuthorityLimit.ended)
        && limit.integer(Field.AuthorityLimit.validFrom) ?? .min <= t
        && t < limit.integer(Field.AuthorityLimit.validUntil) ?? .max
    }
    let own = limits.filter { $0.identifier(Field.AuthorityLimit.person) == p }
    let ofRole = limits.filter {
      $0.identifier(Field.AuthorityLimit.person) == nil
        && $0.integer(Field.AuthorityLimit.role) == Int64(role.rawValue)
    }
    let smallest = (own.isEmpty ? ofRole : own).compactMap { $0.integer(Field.AuthorityLimit.amount) }.min()
    let isRefusal = record.text(Field.Decision.outcome) == "refused"
    let amount = isRefusal ? 0 : record.integer(Field.Decision.amount) ?? 0
    return smallest.map { amount <= $0 } ?? false
  }

  private func isOwn(_ recipient: Identifier?, _ p: Identifier, _ caseID: Identifier?) -> Bool {
    let organisations =
      all(.participant, caseID).filter { $0.identifier(Field.Participant.person) == p }
      .compactMap { $0.identifier(Field.Participant.organisation) }
      + all(.vouching, nil).filter { $0.identifier(Field.Vouching.person) == p }
      .compactMap { $0.identifier(Field.Vouching.organisation) }
    return recipient == p || recipient.map(organisations.contains) == true
  }

  func writeGoverning(
    _ p: Identifier, _ role: Role, _ operations: [CRDT.Operation], _ ref: RecordReference, _ t: Int64
  ) -> AccessVerdict {
    let own = Set(parts(of: p, in: ref.caseID, t).map(Self.role))
    let coordinates = own.contains(.familyCoordinator) && readers(of: ref.caseID, t).contains(p)
    let governor: AccessRule? = role == .leader ? .leaderStep : coordinates ? .coordinatorGoverning : nil
    let creator: AccessRule? = ref.creator == p ? .ownRecord : nil
    let grantor: AccessRule? = own.contains(.parent) && isGrantor(p, ref, t) ? .grantor : nil
    let staff: AccessRule? = own.contains(where: \.isStaff) ? .participant : nil
    let held = role == .leader ? own.union([.leader]) : own
    guard let record = everything.first(where: { $0.id == ref.id }), let operation = operations.first else {
      return .denied(.malformed)
    }
    let name = ref.kind.definition?.field(operation.field)?.name ?? ""
    // Who may write anything of the kind at all.
    let anybody: AccessRule? =
      switch ref.kind {
      case .consent: governor ?? grantor
      case .ground: governor ?? creator
      case .protectedContact: staff ?? creator ?? governor
      case .breakGlass, .transfer, .arrival: role == .leader ? .leaderStep : nil
      case .decision: role == .leader ? .leaderStep : staff
      default: governor
      }
    guard anybody != nil else { return .denied(.readOnly) }
    if suspended.contains(record) {
      guard case .add = operation.action, ["withdrawals", "ended"].contains(name) else {
        return .denied(.suspended)
      }
    }
    func decide(_ rule: AccessRule?) -> AccessVerdict {
      rule.map { .allowed($0) } ?? .denied(.roleInsufficient)
    }
    switch (ref.kind, operation.action, name) {
    case (.consent, .add, "withdrawals"): return decide(governor ?? grantor)
    case (.consent, .add(let signer), "signatures"):
      if isOwn(record.identifier(Field.Consent.recipient), p, ref.caseID) { return .denied(.selfGrant) }
      if governor == nil, grantor != nil, signer != .identifier(p) { return .denied(.roleInsufficient) }
      return decide(governor ?? grantor)
    case (.ground, .add, "ended"), (.ground, .assign, "reason"): return decide(governor ?? creator)
    case (.release, .add, "ended"), (.custody, .assign, "evidence"): return decide(governor)
    case (.breakGlass, .add, "ended"): return decide(role == .leader ? .leaderStep : nil)
    case (.erasure, .add, "ended"):
      if governor == nil { return .denied(.roleInsufficient) }
      return record.identifier(Field.Erasure.confirmedBy) == nil ? decide(governor) : .denied(.givenOnce)
    case (.erasure, .decide(let value), "confirmed_by"):
      if role != .leader { return .denied(.roleInsufficient) }
      let isOpen =
        record.identifier(Field.Erasure.confirmedBy) != nil || !record.hasElements(Field.Erasure.ended)
      if !isOpen { return .denied(.givenOnce) }
      if value != .identifier(p) { return .denied(.malformed) }
      return ref.creator == p ? .denied(.selfGrant) : .allowed(.leaderStep)
    // Where a case went before it came here is not for anybody here to say.
    case (.transfer, .add, "ended"):
      return suspended.contains(record) ? .denied(.malformed) : .allowed(.leaderStep)
    case (.transfer, .decide(let value), "confirmed_by"):
      let isOpen =
        record.identifier(Field.Transfer.confirmedBy) == nil && !record.hasElements(Field.Transfer.ended)
      if !isOpen { return .denied(.givenOnce) }
      if value != .identifier(p) { return .denied(.malformed) }
      return ref.creator == p ? .denied(.selfGrant) : .allowed(.leaderStep)
    case (.arrival, .add(.identifier(let id)), "confirmed"):
      return objection(toConfirming: id, p, ref, t).map { .denied($0) } ?? .allowed(.leaderStep)
    case (.decision, _, _): return writeDecision(p, role, operations, name, record, anybody, t)
    case (.withholding, .add(let element), "cases"):
      return element == ref.caseID.map(Value.identifier) ? decide(governor) : .denied(.malformed)
    case (.withholding, .add, _), (.withholding, .remove, _), (.withholding, .assign, _):
      return decide(governor)
    case (.custody, .decide(let status), "status"):
      if governor == nil { return .denied(.roleInsufficient) }
      if status != .text("ended") { return .denied(.givenOnce) }
      let isOwn = [record.identifier(Field.Custody.subject), record.identifier(Field.Custody.holder)]
        .contains(p)
      return isOwn ? .denied(.selfGrant) : decide(governor)
    case (.reclassification, _, _), (.protectedContact, _, _):
      let isContact = ref.kind == .protectedContact
      if isContact, ["sort", "text"].contains(name) { return decide(staff ?? creator) }
      let isExcluded = name.hasPrefix("excluded")
      var letsIn = false
      switch operation.action {
      case .add(.identifier(let id)): letsIn = !isExcluded && name == "audience_persons" && id == p
      case .add(.integer(let role)):
        letsIn = name == "audience_roles" && held.contains { Int64($0.rawValue) == role }
      case .remove(let element):
        if name.hasPrefix("audience") { return .denied(.givenOnce) }
        letsIn =
          isExcluded
          && (element == .identifier(p)
            || held.contains { element == .integer(Int64($0.rawValue)) })
      default: return .denied(.givenOnce)
      }
      guard let writer = isContact ? governor ?? creator : governor else { return .denied(.roleInsufficient) }
      return letsIn && !(isContact && creator != nil) ? .denied(.selfGrant) : .allowed(writer)
    default: return .denied(.givenOnce)
    }
  }
}
