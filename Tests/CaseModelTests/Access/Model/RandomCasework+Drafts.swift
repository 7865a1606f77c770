import CRDT
import CaseModel

/// Drafts that somebody might send, sensible or not, but none that lacks what its kind must say.
extension RandomCasework {
  mutating func draft(using random: inout SplitMix64) -> RecordDraft {
    let caseID = pickCase(using: &random)
    if random.chance(35), let change = change(using: &random) { return change }
    switch random.below(21) {
    case 20:
      return CaseWork.eraseFromRegister(
        id: fresh(), records: [random.pick(random.chance(70) ? leavers : persons + contents)],
        ground: "left long ago")
    case 19:
      var decision = CaseWork.decision(
        id: fresh(), in: caseID, about: some(subjects, using: &random), matter: "grant",
        amount: random.below(12))
      if random.chance(80) { decision.write(Field.Decision.reasons, random.pick(contents)) }
      return decision
    case 17 where random.chance(30):
      return CaseWork.transfer(
        id: fresh(), case: caseID, to: Identifier(2), name: "x", card: String(repeating: "0", count: 64),
        ground: "split")
    case 17, 18:
      let arrived = slow.suspended.filter { $0.caseID == caseID }.map(\.id)
      return CaseWork.arrival(
        id: fresh(), in: caseID,
        confirming: [arrived.isEmpty || random.chance(10) ? random.pick(contents) : random.pick(arrived)])
    case 16:
      let governing = ledger.all.filter { $0.caseID == caseID && $0.kind.governsAccess }.map(\.id)
      let contacts = ledger.all.filter { $0.caseID == caseID && $0.kind == .protectedContact }.map(\.id)
      let named = random.chance(60) ? contents : random.chance(70) ? contacts : governing
      return CaseWork.erase(
        id: fresh(), in: caseID, records: [random.pick(named.isEmpty ? contents : named)],
        ground: "kept too long")
    case 0:
      let id = random.chance(50) ? cases[2] : caseID
      return .new(.case, id: id, in: id)
    case 1, 2:
      let caseID = random.chance(15) ? cases[2] : caseID
      let opener = ledger.all.first { $0.kind == .case && $0.id == caseID }?.creator
      let own = opener.flatMap(persons.firstIndex)
      let place = random.chance(20) ? own ?? 0 : random.below(persons.count)
      let role = random.chance(80) ? Self.tenantRoles[place] : Role(rawValue: UInt32(1 + random.below(7)))
      let isPart = (1...7).contains(role.rawValue)
      return part(persons[place], isPart ? role : .coreTeam, caseID, using: &random)
    case 3, 4:
      return CaseWork.consent(
        id: fresh(), in: caseID, disclosure(using: &random), form: "written", evidence: Identifier(9),
        required: random.chance(30) ? [random.pick(persons)] : [],
        signatures: random.chance(70) ? persons.filter { $0.low > 2 } : some(persons, using: &random))
    case 5, 6:
      let bases = ledger.all.filter { $0.kind == .legalBasis }.map(\.id)
      return CaseWork.ground(
        id: fresh(), in: caseID, basis: random.pick(bases + bases + bases + [Identifier(9)]),
        disclosure(using: &random))
    case 7:
      let byName = random.chance(50)
      let start = random.chance(50) ? instant(using: &random) : nil
      return CaseWork.release(
        id: fresh(), in: caseID, to: random.chance(70) ? persons[10 + random.below(2)] : random.pick(persons),
        records: byName ? some(contents, using: &random) : [],
        types: byName ? [] : some(types, using: &random), about: some(subjects, using: &random), from: start,
        until: random.chance(50) ? (start ?? 0) + Self.hour * 12 : nil,
        horizon: random.chance(30) ? instant(using: &random) : nil)
    case 8:
      let whole = random.chance(15)
      return CaseWork.withhold(
        id: fresh(), in: caseID, from: random.pick(persons),
        records: whole || random.chance(40) ? [] : [random.pick(contents)],
        about: whole ? [] : [random.pick(subjects)], wholeCase: whole)
    case 9: return reclassification(in: caseID, using: &random)
    case 10: return custody(in: caseID, using: &random)
    case 11: return CaseWork.breakGlass(id: fresh(), in: caseID, reason: "unreachable")
    case 12:
      return CaseWork.protectedContact(
        id: fresh(), in: caseID, about: [random.pick(subjects)], sort: "address", text: "somewhere",
        audience: random.chance(50) ? some(persons, using: &random) : [],
        roles: random.chance(50) ? [random.pick([.coreTeam, .familyCoordinator, .analysisTeam])] : [])
    case 13: return table(using: &random)
    case 14:
      let standing = ledger.all.first { $0.kind == .allocation && $0.caseID == caseID }
      let changed = random.chance(70) ? standing.map(RecordDraft.change) : nil
      var draft = changed ?? .new(.allocation, id: fresh(), in: caseID)
      draft.write(Field.Allocation.coordinator, random.pick(persons))
      return draft
    default:
      let kind = random.pick([
        RecordKind.note, .contact, .goal, .discharge, .person, .offer, .decisionReasons, .workflow, .task,
      ])
      return .new(
        kind, id: fresh(), in: kind.home == .register ? nil : caseID, about: some(subjects, using: &random),
        informationType: random.pick(types))
    }
  }

  private func disclosure(using random: inout SplitMix64) -> CaseWork.Disclosure {
    let start = Int64(random.below(10)) * Self.hour
    let recipients = [persons[7], persons[8], persons[9]] + organisations + leavers
    return CaseWork.Disclosure(
      to: random.chance(85) ? random.pick(recipients) : random.pick(persons),
      about: some(subjects, using: &random), types: some(types, using: &random), purpose: "coordination",
      from: start, until: start + Self.hour * Int64(1 + random.below(28)),
      horizon: random.chance(25) ? instant(using: &random) : nil)
  }

  private mutating func custody(in caseID: Identifier, using random: inout SplitMix64) -> RecordDraft {
    CaseWork.custody(
      id: fresh(), in: caseID, of: random.chance(90) ? random.pick(subjects) : random.pick(persons),
      holder: random.pick([persons[10], persons[11], persons[2]]), source: "civil_register",
      from: random.chance(30) ? instant(using: &random) : nil,
      until: random.chance(10) ? Self.hour * 41 : nil)
  }

  private mutating func reclassification(in caseID: Identifier, using random: inout SplitMix64) -> RecordDraft
  {
    let about = random.chance(50) ? [random.pick(subjects)] : []
    let anew = random.chance(50) || about.isEmpty ? [random.pick(types)] : []
    return CaseWork.reclassify(
      id: fresh(), in: caseID, record: random.pick(contents), about: about, types: anew,
      audience: random.chance(20) ? some(persons, using: &random) : [],
      roles: random.chance(20) ? [random.pick([.leader, .familyCoordinator, .coreTeam])] : [],
      excluding: random.chance(20) ? [random.pick(persons)] : [])
  }

  private mutating func table(using random: inout SplitMix64) -> RecordDraft {
    let start = random.chance(50) ? instant(using: &random) : nil
    let end = random.chance(30) ? (start ?? 0) + Self.hour * 20 : nil
    switch random.below(4) {
    case 0:
      return CaseWork.legalBasis(
        id: fresh(), code: "early_prevention",
        roles: [random.pick([.leader, .familyCoordinator, .coreTeam])],
        persons: random.chance(20) ? [random.pick(persons)] : [], types: some(types, using: &random),
        daysMax: 1 + random.below(2), from: start, until: end)
    case 1 where random.chance(30):
      return CaseWork.informationType(
        id: fresh(), random.pick(types),
        roles: random.chance(20)
          ? [] : some([.leader, .familyCoordinator, .coreTeam, .analysisTeam], using: &random),
        from: start, until: end)
    case 2:
      return CaseWork.authorityLimit(
        id: fresh(), role: .leader, person: random.chance(30) ? random.pick(persons) : nil, matter: "grant",
        amount: 1 + random.below(9), from: start, until: end)
    default:
      return CaseWork.vouching(
        id: fresh(), organisation: random.pick(organisations),
        person: random.chance(90) ? random.pick([persons[8], persons[9]]) : random.pick(persons),
        voucher: Identifier(99), from: start ?? 0, until: (start ?? 0) + Self.hour * 15)
    }
  }

  /// One operation on a governing record that is there.
  private func change(using random: inout SplitMix64) -> RecordDraft? {
    let standing = ledger.all.filter {
      $0.kind.isGoverned && $0.kind != .allocation && $0.kind != .participant
    }
    guard !standing.isEmpty else { return nil }
    let record = random.pick(standing)
    let fields = record.kind.definition?.fields ?? []
    var draft = RecordDraft.change(record)
    let field = random.pick(fields)
    let person = random.pick(persons)
    if random.chance(60) {
      draft.operations = [usual(record, person, using: &random)].compactMap { $0 }
    }
    if record.kind == .decision, draft.operations.isEmpty, random.chance(80) {
      return CaseWork.issue(
        decision: record, by: person, on: .on("2020-01-01"), complaintUntil: .on("2020-02-01"))
    }
    if draft.operations.isEmpty {
      let element: Value = field.valueType == .identifier ? .identifier(person) : .integer(2)
      switch field.kind {
      case .arbitrated: draft.operations = [Operation(field: field.id, action: .decide(element))]
      case .register: draft.operations = [Operation(field: field.id, action: .assign(.text("x")))]
      default:
        draft.operations = [
          Operation(field: field.id, action: random.chance(50) ? .add(element) : .remove(element))
        ]
      }
    }
    return draft
  }

  /// What is usually done to a record of the kind.
  private func usual(
    _ record: CaseRecord, _ person: Identifier, using random: inout SplitMix64
  ) -> CRDT.Operation? {
    func add(_ field: FieldDefinition, _ element: Value) -> CRDT.Operation {
      Operation(field: field.id, action: .add(element))
    }
    func decide(_ field: FieldDefinition, _ value: Value) -> CRDT.Operation {
      Operation(field: field.id, action: .decide(value))
    }
    switch record.kind {
    case .consent:
      let field = random.chance(75) ? Field.Consent.signatures : Field.Consent.withdrawals
      return add(field, .identifier(person))
    case .custody: return decide(Field.Custody.status, .text(random.chance(90) ? "ended" : "standing"))
    case .vouching where random.chance(70):
      return decide(Field.Vouching.confirmedUntil, .integer(instant(using: &random) + 1))
    case .legalBasis where random.chance(30):
      return decide(Field.LegalBasis.complaintBody, .text(random.pick(["x", "y", ""])))
    case .withholding:
      let elements = record.state.elements(Field.Withholding.subjects.id)
      guard let element = elements.first else {
        return add(Field.Withholding.cases, .identifier(record.caseID ?? person))
      }
      return Operation(field: Field.Withholding.subjects.id, action: .remove(element))
    case .informationType:
      return decide(Field.InformationType.confirmedBy, .identifier(random.pick([persons[0], persons[1]])))
    case .authorityLimit:
      return decide(Field.AuthorityLimit.confirmedBy, .identifier(random.pick([persons[0], persons[1]])))
    case .transfer where random.chance(60):
      return decide(Field.Transfer.confirmedBy, .identifier(random.pick([persons[0], persons[1]])))
    case .arrival:
      let arrived = slow.suspended.filter { $0.caseID == record.caseID }.map(\.id)
      return add(Field.Arrival.confirmed, .identifier(random.pick(arrived + [contents[0]])))
    case .decision:
      switch random.below(5) {
      case 0: return decide(Field.Decision.reasons, .identifier(random.pick(contents)))
      case 1: return decide(Field.Decision.amount, .integer(Int64(random.below(12)) - 1))
      case 2: return add(Field.Decision.withdrawn, .text("error"))
      case 3: return decide(Field.Decision.outcome, .text(random.pick([Code.granted, Code.refused])))
      default: return nil
      }
    case .erasure where random.chance(90), .registerErasure where random.chance(90):
      return decide(Field.Erasure.confirmedBy, .identifier(random.pick([persons[0], persons[1]])))
    default:
      guard random.chance(20) else { return nil }
      return CaseWork.end(governing: record)?.operations.first
    }
  }
}
