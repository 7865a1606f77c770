import CRDT
import CaseModel

/// Creating and writing, by the tables of `Protocol/governing.md` spelled out once more.
extension SlowPolicy {
  private static let steps: Set<RecordKind> = [
    .inquiry, .eligibility, .offer, .enrolment, .allocation, .discharge,
  ]

  func register(
    _ p: Identifier, _ role: Role, _ action: Action, _ ref: RecordReference, _ t: Int64
  ) -> AccessVerdict {
    let isOverseen = ref.kind.isGoverned || ref.kind == .person
    if role == .dataProtectionOfficer, isOverseen, action == .read { return .allowed(.oversight) }
    if !role.isStaff { return .denied(.roleInsufficient) }
    if ref.kind == .workflow {
      switch action {
      case .read: return .allowed(.registerStaff)
      case .create: return role == .leader ? .allowed(.registerStaff) : .denied(.leaderOnly)
      case .write: return .denied(.appendOnly)
      }
    }
    if action == .read || !ref.kind.isGoverned { return .allowed(.registerStaff) }
    let isGovernors = ref.kind == .vouching || ref.kind == .registerErasure
    let mayKeep = role == .leader || role == .familyCoordinator && isGovernors
    guard mayKeep else { return .denied(.roleInsufficient) }
    let rule: AccessRule = role == .leader ? .leaderTables : .coordinatorGoverning
    let standing = records.first { $0.id == ref.id }
    switch action {
    case .read: return .allowed(.registerStaff)
    case .create(let operations):
      let draft = Self.standing(operations, ref, by: p)
      switch ref.kind {
      case .vouching: if draft.identifier(Field.Vouching.person) == p { return .denied(.selfGrant) }
      case .legalBasis:
        if draft.identifiers(Field.LegalBasis.persons).contains(p) { return .denied(.selfGrant) }
      case .authorityLimit:
        if draft.identifier(Field.AuthorityLimit.person) == p { return .denied(.selfGrant) }
      case .registerErasure:
        let named = draft.identifiers(Field.Erasure.records) + [ref.id]
        let governs = records.contains {
          named.contains($0.id) && $0.kind.isGoverned && $0.caseID == nil
        }
        if governs { return .denied(.malformed) }
      default: break
      }
      return .allowed(rule)
    case .write(let operations) where ref.kind == .registerErasure:
      return writeErasure(p, role, operations, ref, standing, t)
    case .write(let operations):
      for operation in operations {
        let name = ref.kind.definition?.field(operation.field)?.name
        switch (operation.action, name) {
        case (.add, "ended"), (.assign, "law"), (.assign, "name"): continue
        case (.decide, "confirmed_until"):
          if standing?.identifier(Field.Vouching.person) == p { return .denied(.selfGrant) }
        case (.decide(let value), "complaint_body"):
          guard case .text(let body) = value, body != "" else { return .denied(.malformed) }
        case (.decide(let value), "confirmed_by"):
          if value != .identifier(p) { return .denied(.malformed) }
          if ref.creator == nil || ref.creator == p { return .denied(.selfGrant) }
        default: return .denied(.givenOnce)
        }
      }
      return .allowed(rule)
    }
  }

  func create(
    _ p: Identifier, _ role: Role, _ operations: [CRDT.Operation], _ ref: RecordReference, _ t: Int64
  ) -> AccessVerdict {
    let governs = everything.contains { $0.caseID == ref.caseID && $0.kind.governsAccess }
    if ref.kind == .case {
      if role != .leader && role != .familyCoordinator { return .denied(.roleInsufficient) }
      let isAlias = everything.contains {
        $0.identifier(Field.Participant.alias) == ref.caseID && $0.kind == .participant
      }
      return governs || isAlias ? .denied(.caseExists) : .allowed(.caseOpening)
    }
    guard records.contains(where: { $0.kind == .case && $0.id == ref.caseID }) else {
      return .denied(role == .leader ? .unknownCase : .noParticipation)
    }
    if isWholeCaseWithheld(ref.caseID, from: p) { return .denied(.withheld) }
    if ref.kind.isGoverned, ref.kind != .allocation {
      return createGoverning(p, role, operations, ref, t)
    }
    if ref.kind == .allocation, role == .leader, !all(.allocation, ref.caseID).isEmpty {
      return .denied(.alreadyAllocated)
    }
    let verdict = staffContent(p, role, ref, t)
    guard verdict.rule == .noParticipation else { return verdict }
    var last = AccessRule.noParticipation
    for part in standing(of: p, in: ref.caseID, t) {
      let partRole = Self.role(part)
      guard [.analysisTeam, .involvedProfessional, .parent].contains(partRole) else { continue }
      let kinds: Set<RecordKind> =
        partRole == .parent ? [.note, .attachment] : [.note, .contact, .attachment]
      if !kinds.contains(ref.kind) {
        last = .roleInsufficient
        continue
      }
      if partRole == .parent { return .allowed(.ownRecord) }
      let verdict = professional(p, role, part, ref, t)
      if verdict.isAllowed { return verdict }
      last = verdict.rule
    }
    return .denied(last)
  }

  func write(
    _ p: Identifier, _ role: Role, _ operations: [CRDT.Operation], _ ref: RecordReference, _ t: Int64
  ) -> AccessVerdict {
    let reading = read(p, role, ref, t)
    let isKnown = everything.contains { $0.caseID == ref.caseID && $0.kind.governsAccess }
    if ref.kind.isGoverned, ![.allocation, .participant].contains(ref.kind) {
      if !reading.isAllowed { return reading }
      if reading.rule == .breakGlass { return .denied(.readOnly) }
      return isKnown ? writeGoverning(p, role, operations, ref, t) : .denied(.noParticipation)
    }
    var staff = staffContent(p, role, ref, t)
    if staff.isAllowed, suspended.contains(where: { $0.id == ref.id && $0.kind == .allocation }) {
      staff = .denied(.suspended)
    }
    if staff.isAllowed, ref.kind == .decisionReasons { staff = .denied(.appendOnly) }
    if staff.isAllowed || staff.rule == .suspended, ref.kind == .allocation, reading.isAllowed {
      return reading.rule == .breakGlass ? .denied(.readOnly) : staff
    }
    if staff.isAllowed || [.leaderOnly, .appendOnly].contains(staff.rule), reading.isAllowed {
      return reading.rule == .breakGlass ? .denied(.readOnly) : staff
    }
    if !reading.isAllowed { return reading }
    if reading.rule == .breakGlass, closes(ref) { return .denied(.readOnly) }
    let outside = standing(of: p, in: ref.caseID, t).map(Self.role).filter {
      [.analysisTeam, .involvedProfessional, .parent].contains($0)
    }
    if outside.isEmpty { return .denied(.noParticipation) }
    let isHers =
      ref.creator == p
      && (ref.kind == .note || ref.kind == .attachment
        || ref.kind == .contact && outside.contains { $0 != .parent })
    return isHers ? .allowed(.ownRecord) : .denied(.readOnly)
  }

  private func closes(_ ref: RecordReference) -> Bool {
    records.contains { $0.kind == .informationType }
      || all(.reclassification, ref.caseID).isEmpty == false
      || all(.withholding, ref.caseID).contains {
        $0.hasElements(Field.Withholding.cases) || $0.hasElements(Field.Withholding.records)
          || $0.hasElements(Field.Withholding.subjects)
      }
  }

  private func staffContent(
    _ p: Identifier, _ role: Role, _ ref: RecordReference, _ t: Int64
  ) -> AccessVerdict {
    let takesPart = parts(of: p, in: ref.caseID, t).contains { Self.role($0).isStaff }
    let isOpen = records.contains { $0.kind == .case && $0.id == ref.caseID }
    if role == .leader, Self.steps.contains(ref.kind), isOpen { return .allowed(.leaderStep) }
    if ref.kind == .allocation || ref.kind == .discharge {
      return .denied(takesPart || role == .leader ? .leaderOnly : .noParticipation)
    }
    return takesPart ? .allowed(.participant) : .denied(.noParticipation)
  }

  /// What one part gives as a ground: what it would read of a note of nobody's that came now.
  private func professional(
    _ p: Identifier, _ role: Role, _ part: CaseRecord, _ ref: RecordReference, _ t: Int64
  ) -> AccessVerdict {
    var alone = self
    alone.records.removeAll { $0.kind == .participant && $0.caseID == ref.caseID && $0.id != part.id }
    alone.records.removeAll { $0.kind == .withholding || $0.kind == .breakGlass }
    alone.records.removeAll { $0.kind == .reclassification }
    let nobodys = RecordReference(
      id: ref.id, kind: .note, caseID: ref.caseID, creator: nil, about: ref.about,
      informationType: ref.informationType, receivedAt: nil)
    return alone.read(p, role, nobodys, t)
  }

  static func standing(
    _ operations: [CRDT.Operation], _ ref: RecordReference, by p: Identifier
  ) -> CaseRecord {
    var ledger = Ledger()
    ledger.write(
      RecordDraft(
        id: ref.id, kind: ref.kind, caseID: ref.caseID, about: ref.about,
        informationType: ref.informationType, isNew: true, operations: operations), by: p, receivedAt: 0)
    return ledger.all[0]
  }

  func underAlias(
    _ p: Identifier, _ action: Action, _ ref: RecordReference, _ alias: Identifier, _ t: Int64
  ) -> AccessVerdict {
    guard let caseID = named(by: alias)?.caseID else { return .denied(.notAliasOwner) }
    if isWithheld(ref, from: p, in: caseID) { return .denied(.withheld) }
    let isOwner = standing(of: p, in: caseID, t).contains {
      Self.role($0) == .externalReporter && $0.identifier(Field.Participant.alias) == alias
    }
    let isReader = readers(of: caseID, t).contains(p)
    if !isOwner && !isReader { return .denied(.notAliasOwner) }
    switch (action, ref.kind) {
    case (.read, _): return .allowed(isOwner ? .aliasOwner : .aliasCoordinator)
    case (.create, .externalUpdate): return isOwner ? .allowed(.aliasOwner) : .denied(.notAliasOwner)
    case (.write, .externalUpdate): return .denied(.appendOnly)
    default: return isReader ? .allowed(.aliasCoordinator) : .denied(.roleInsufficient)
    }
  }

  func readers(of caseID: Identifier?, _ t: Int64) -> Set<Identifier> {
    func holders(_ role: Role) -> Set<Identifier> {
      Set(roles.keys.filter { parts(of: $0, in: caseID, t).contains { Self.role($0) == role } })
    }
    let coordinators = holders(.familyCoordinator)
    let allocated = all(.allocation, caseID).first?.identifier(Field.Allocation.coordinator)
    if let allocated, coordinators.contains(allocated) { return [allocated] }
    return coordinators.isEmpty ? holders(.leader) : coordinators
  }
}
