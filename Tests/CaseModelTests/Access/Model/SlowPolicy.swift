import CRDT
import CaseModel

/// The policy once more, slow and obviously so: it keeps the records as they are and goes through all of them
/// for each question. `may` must answer the same, rule for rule.
struct SlowPolicy {
  var roles: [Identifier: Role]
  /// What counts.
  var records: [CaseRecord]
  /// What came from another tenant and gives rights, and nobody confirmed.
  let suspended: [CaseRecord]
  /// What nobody asks for here.
  let ignored: [CaseRecord]
  static let hour: Int64 = 3_600_000
  static let tenant = Identifier(1)
  static let giving: Set<RecordKind> = [
    .participant, .allocation, .consent, .ground, .release, .custody, .breakGlass,
  ]

  init(roles: [Identifier: Role], everything: [CaseRecord]) {
    let isOwn = { (record: CaseRecord) in record.origin == Self.tenant }
    let arrivals = everything.filter { $0.kind == .arrival && isOwn($0) }
    let suspended = everything.filter { record in
      if isOwn(record) { return false }
      if record.kind == .transfer || record.kind == .arrival { return true }
      return Self.giving.contains(record.kind)
        && !arrivals.contains { arrival in
          arrival.caseID == record.caseID
            && arrival.identifiers(Field.Arrival.confirmed).contains(record.id)
        }
    }
    self.roles = roles
    self.suspended = suspended
    // The tables of the register are this tenant's own.
    let ignored = everything.filter { !isOwn($0) && $0.kind.isGoverned && $0.caseID == nil }
    self.ignored = ignored
    records = everything.filter { !suspended.contains($0) && !ignored.contains($0) }
  }

  /// All of them.
  var everything: [CaseRecord] { records + suspended + ignored }

  /// The participation that gave an alias first; whatever gives it again names nothing by it.
  func named(by alias: Identifier) -> CaseRecord? {
    everything.filter { $0.kind == .participant && $0.identifier(Field.Participant.alias) == alias }
      .min { $0.id < $1.id }
  }

  func verdict(_ p: Identifier, _ action: Action, _ ref: RecordReference, at t: Int64) -> AccessVerdict {
    let verdict = standing(p, action, ref, at: t)
    let home = ref.caseID.flatMap(named)
    let isErased = records.contains { erasure in
      erasure.kind == .erasure && [ref.caseID, home?.caseID].contains(erasure.caseID)
        && erasure.identifiers(Field.Erasure.records).contains(ref.id)
        && erasure.identifier(Field.Erasure.confirmedBy) != nil
    }
    let isContent = ref.kind != .case && !ref.kind.isGoverned && ref.kind.home != .register
    if verdict.isAllowed && isErased && (isContent || ref.kind == .protectedContact) {
      return .denied(.erased)
    }
    let isOfRegister =
      ref.kind.home == .register && ref.caseID == nil && !ref.kind.isGoverned && ref.kind != .workflow
    if verdict.isAllowed && isOfRegister && isErasedFromRegister(ref.id) { return .denied(.erased) }
    if verdict.isAllowed && receivers(action, ref.kind).contains(where: isErasedFromRegister) {
      return .denied(.namesErased)
    }
    let isMoved = records.contains { transfer in
      transfer.kind == .transfer && [ref.caseID, home?.caseID].contains(transfer.caseID)
        && transfer.identifier(Field.Transfer.confirmedBy) != nil
        && !transfer.hasElements(Field.Transfer.ended)
    }
    let isKept =
      [.leader, .dataProtectionOfficer].contains(roles[p])
      && (ref.kind == .transfer || ref.kind == .case && action == .read)
    return verdict.isAllowed && isMoved && ref.caseID != nil && !isKept ? .denied(.movedAway) : verdict
  }

  private func standing(_ p: Identifier, _ action: Action, _ ref: RecordReference, at t: Int64)
    -> AccessVerdict
  {
    guard let role = roles[p] else { return .denied(.noAccount) }
    guard let home = ref.kind.home else { return .denied(.unknownKind) }
    switch (home, ref.caseID) {
    case (.register, nil): return register(p, role, action, ref, t)
    case (.caseFile, let caseID?):
      if ref.kind == .case && ref.id != caseID { return .denied(.misplaced) }
      switch action {
      case .read: return read(p, role, ref, t)
      case .create(let operations): return create(p, role, operations, ref, t)
      case .write(let operations): return write(p, role, operations, ref, t)
      }
    case (.alias, let alias?): return underAlias(p, action, ref, alias, t)
    default: return .denied(.misplaced)
    }
  }

  // MARK: Reading

  func read(_ p: Identifier, _ role: Role, _ ref: RecordReference, _ t: Int64) -> AccessVerdict {
    let caseID = ref.caseID
    guard everything.contains(where: { $0.caseID == caseID && $0.kind.governsAccess }) else {
      return role == .leader && ref.kind.isMilestone ? .allowed(.leaderRegister) : .denied(.noParticipation)
    }
    if isWithheld(ref, from: p) { return .denied(.withheld) }
    let own = parts(of: p, in: caseID, t)
    if ref.kind == .protectedContact { return protected(p, own, ref) }
    if role == .dataProtectionOfficer {
      return ref.kind.governsAccess ? .allowed(.oversight) : .denied(.roleInsufficient)
    }
    let usual =
      isClosed(ref, to: p, own, role)
      ? .denied(.outsideAudience) : unclosed(p, role, own, ref, t)
    if usual.isAllowed { return usual }
    let glass = all(.breakGlass, caseID).contains { record in
      guard record.creator == p, !record.hasElements(Field.BreakGlass.ended),
        record.text(Field.BreakGlass.reason)?.isEmpty == false,
        let start = record.state.decided(Field.BreakGlass.reason.id)?.context.receivedAt
      else { return false }
      return start <= t && t < start + 4 * Self.hour
    }
    return glass && role == .leader ? .allowed(.breakGlass) : usual
  }

  private func unclosed(
    _ p: Identifier, _ role: Role, _ own: [CaseRecord], _ ref: RecordReference, _ t: Int64
  ) -> AccessVerdict {
    let staffParts = own.map(Self.role).filter(\.isStaff)
    if !staffParts.isEmpty {
      if ref.kind.isMilestone { return .allowed(.participant) }
      if staffParts.contains(where: { reachesAll($0, ref, t) }) { return .allowed(.participant) }
    }
    if role == .leader, ref.kind.isMilestone { return .allowed(.leaderRegister) }
    var last = AccessRule.noParticipation
    for part in standing(of: p, in: ref.caseID, t) {
      let verdict = outside(p, role, part, ref, t)
      if verdict?.isAllowed == true { return verdict ?? .denied(.noGround) }
      if let verdict { last = verdict.rule }
    }
    return .denied(staffParts.isEmpty ? last : .typeNotReached)
  }

  /// What one part from outside the staff gives; `nil` for any other part.
  private func outside(
    _ p: Identifier, _ role: Role, _ part: CaseRecord, _ ref: RecordReference, _ t: Int64
  ) -> AccessVerdict? {
    let isGoverning = ref.kind.isGoverned && ref.kind >= .consent
    if isGoverning, [.analysisTeam, .involvedProfessional].contains(Self.role(part)) {
      return .denied(.noGround)
    }
    let isDraft =
      ref.kind == .decisionReasons
      && !all(.decision, ref.caseID).contains { decision in
        Self.isIssued(decision) && decision.identifier(Field.Decision.reasons) == ref.id
      }
    switch Self.role(part) {
    case .analysisTeam:
      if reachesAll(.analysisTeam, ref, t), !ref.about.isEmpty { return .allowed(.analysisTeam) }
      return role.isStaff || isDraft ? .denied(.noGround) : grounded([p], ref, role, t)
    case .involvedProfessional:
      guard let organisation = part.identifier(Field.Participant.organisation),
        isVouched(p, organisation, t)
      else { return .denied(.notVouchedFor) }
      return isDraft ? .denied(.noGround) : grounded([p, organisation], ref, role, t)
    case .parent:
      if ref.creator == p, !ref.kind.isGoverned { return .allowed(.ownRecord) }
      if isGrantor(p, ref, t) { return .allowed(.grantor) }
      if isGoverning || isDraft { return .denied(.noGround) }
      return isReleased(ref, to: p, role, t) ? .allowed(.release) : .denied(.noGround)
    default: return nil
    }
  }

  private func protected(_ p: Identifier, _ own: [CaseRecord], _ ref: RecordReference) -> AccessVerdict {
    let roles = own.map(Self.role).filter { $0 != .externalReporter }
    if roles.isEmpty { return .denied(.noParticipation) }
    if ref.creator == p { return .allowed(.ownRecord) }
    guard let record = records.first(where: { $0.id == ref.id && $0.kind == .protectedContact }) else {
      return .denied(.protectedContact)
    }
    let isOut = record.identifiers(Field.ProtectedContact.excludedPersons).contains(p)
    let isNamed = record.identifiers(Field.ProtectedContact.persons).contains(p)
    let named = numbers(record, Field.ProtectedContact.roles)
      .subtracting(numbers(record, Field.ProtectedContact.excludedRoles))
    let byRole = roles.contains { $0.isProfessional && named.contains($0) }
    return !isOut && (isNamed || byRole) ? .allowed(.audience) : .denied(.protectedContact)
  }

  // MARK: What is so

  private func all(_ kind: RecordKind) -> [CaseRecord] { records.filter { $0.kind == kind } }

  func all(_ kind: RecordKind, _ caseID: Identifier?) -> [CaseRecord] {
    records.filter { $0.kind == kind && $0.caseID == caseID }.sorted { $0.id < $1.id }
  }

  static func role(_ part: CaseRecord) -> Role {
    Role(rawValue: UInt32(part.integer(Field.Participant.role) ?? 0))
  }

  /// Participations that stand and are warranted, vouched for or not; none when the case is withheld.
  func standing(of p: Identifier, in caseID: Identifier?, _ t: Int64) -> [CaseRecord] {
    guard let role = roles[p] else { return [] }
    if isWholeCaseWithheld(caseID, from: p) { return [] }
    return all(.participant, caseID).filter { part in
      part.identifier(Field.Participant.person) == p && part.text(Field.Participant.status) == "active"
        && role.mayTakePart(as: Self.role(part))
        && isWithin(part.integer(Field.Participant.startsAt), part.integer(Field.Participant.endsAt), t)
    }
  }

  /// Participations that count: of involved professionals those that are vouched for.
  func parts(of p: Identifier, in caseID: Identifier?, _ t: Int64) -> [CaseRecord] {
    standing(of: p, in: caseID, t).filter { part in
      if Self.role(part) != .involvedProfessional { return true }
      guard let organisation = part.identifier(Field.Participant.organisation) else { return false }
      return isVouched(p, organisation, t)
    }
  }

  func isWithin(_ start: Int64?, _ end: Int64?, _ t: Int64) -> Bool {
    (start ?? .min) <= t && (end == nil || t < (end ?? 0))
  }

  func numbers(_ record: CaseRecord, _ field: FieldDefinition) -> Set<Role> {
    Set(record.integers(field).map { Role(rawValue: UInt32($0)) })
  }

  func types(_ record: CaseRecord, _ field: FieldDefinition) -> Set<InformationType> {
    Set(record.integers(field).map { InformationType(rawValue: UInt32($0)) })
  }

  func isVouched(_ p: Identifier, _ organisation: Identifier, _ t: Int64) -> Bool {
    all(.vouching, nil).contains { record in
      record.identifier(Field.Vouching.person) == p
        && record.identifier(Field.Vouching.organisation) == organisation
        && record.identifier(Field.Vouching.voucher) != p && !record.hasElements(Field.Vouching.ended)
        && record.integer(Field.Vouching.startsAt).map { $0 <= t } == true
        && record.integer(Field.Vouching.confirmedUntil).map { t < $0 } == true
    }
  }

  // MARK: What takes away

  func isWholeCaseWithheld(_ caseID: Identifier?, from p: Identifier) -> Bool {
    all(.withholding, caseID).contains {
      $0.identifier(Field.Withholding.person) == p && $0.hasElements(Field.Withholding.cases)
    }
  }

  func isWithheld(_ ref: RecordReference, from p: Identifier, in other: Identifier? = nil) -> Bool {
    let caseID = other ?? ref.caseID
    let anew = classifications(ref, in: caseID)
    let about = ref.about + anew.flatMap { $0.identifiers(Field.Reclassification.about) }
    return all(.withholding, caseID).contains { record in
      guard record.identifier(Field.Withholding.person) == p else { return false }
      return record.id == ref.id && ref.kind == .withholding || record.hasElements(Field.Withholding.cases)
        || record.identifiers(Field.Withholding.records).contains(ref.id)
        || !Set(record.identifiers(Field.Withholding.subjects)).isDisjoint(with: about)
    }
  }

  /// - Parameter other: the case behind the alias that the record lies under.
  func classifications(_ ref: RecordReference, in other: Identifier? = nil) -> [CaseRecord] {
    all(.reclassification, other ?? ref.caseID).filter {
      $0.identifier(Field.Reclassification.record) == ref.id
    }
  }

  private func isClosed(_ ref: RecordReference, to p: Identifier, _ own: [CaseRecord], _ role: Role) -> Bool {
    if ref.creator == p { return false }
    var roles = Set(own.map(Self.role))
    if role == .leader { roles.insert(.leader) }
    return classifications(ref).contains { record in
      let persons = record.identifiers(Field.Reclassification.persons)
      let named = numbers(record, Field.Reclassification.roles).filter(\.isProfessional)
      let outRoles = numbers(record, Field.Reclassification.excludedRoles)
      if record.identifiers(Field.Reclassification.excludedPersons).contains(p) { return true }
      if persons.isEmpty && named.isEmpty { return !roles.isEmpty && roles.isSubset(of: outRoles) }
      return !persons.contains(p) && roles.intersection(named).subtracting(outRoles).isEmpty
    }
  }
}
