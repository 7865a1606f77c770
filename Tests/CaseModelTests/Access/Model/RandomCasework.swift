import CRDT
import CaseModel

/// A tenant in which everything that governs access happens at random, and the instants at which to ask.
struct RandomCasework {
  static let hour: Int64 = 3_600_000
  let persons = (1...13).map { Identifier(UInt64($0)) }
  let cases = [Identifier(101), Identifier(102), Identifier(103)]
  let aliases = (201...203).map { Identifier(UInt64($0)) }
  let organisations = [Identifier(301), Identifier(302)]
  /// Organisations that hardly anything names, so that they can be erased from the register.
  let leavers = [Identifier(303), Identifier(304)]
  let subjects = [Identifier(401), Identifier(402), Identifier(403)]
  let contents = (501...508).map { Identifier(UInt64($0)) }
  let types: [InformationType] = [.health, .social, .economy]
  private(set) var ledger = Ledger()
  private(set) var state = GoverningState(tenant: SlowPolicy.tenant)
  private(set) var roles: [Identifier: Role] = [:]
  var now: Int64 = 0
  private var nextID: UInt64 = 1_000

  static let tenantRoles: [Role] = [
    .leader, .leader, .familyCoordinator, .familyCoordinator, .coreTeam, .coreTeam, .externalReporter,
    .analysisTeam, .involvedProfessional, .involvedProfessional, .parent, .parent, .dataProtectionOfficer,
  ]

  init(using random: inout SplitMix64) {
    for (person, role) in zip(persons, Self.tenantRoles) {
      let given = random.chance(85) ? role : random.chance(50) ? random.pick(Self.tenantRoles) : nil
      roles[person] = given
      state.setRole(given, of: person)
    }
    for caseID in cases.prefix(2) where random.chance(90) {
      write(.new(.case, id: caseID, in: caseID), by: random.pick(persons))
      for (person, role) in zip(persons, Self.tenantRoles) where random.chance(60) {
        guard role != .dataProtectionOfficer, role != .externalReporter else { continue }
        write(part(person, role, caseID, using: &random), by: persons[0])
      }
      for (subject, holder) in zip(subjects, [10, 11, 10]) where random.chance(80) {
        let holder = persons[holder]
        write(
          CaseWork.custody(id: fresh(), in: caseID, of: subject, holder: holder, source: "civil_register"),
          by: persons[0])
      }
    }
    write(part(persons[6], .externalReporter, cases[0], using: &random), by: persons[0])
    for person in [persons[8], persons[9]] {
      for organisation in organisations where random.chance(60) {
        write(
          CaseWork.vouching(
            id: fresh(), organisation: organisation, person: person, voucher: Identifier(99), from: 0,
            until: Self.hour * 30), by: persons[0])
      }
    }
    if random.chance(30) {
      let erasure = fresh()
      write(CaseWork.eraseFromRegister(id: erasure, records: [leavers[0]], ground: "left"), by: persons[0])
      if let record = ledger[erasure] { write(CaseWork.confirm(record, by: persons[1]), by: persons[1]) }
    }
    write(
      CaseWork.legalBasis(
        id: fresh(), code: "prevention", roles: [.leader, .familyCoordinator], types: types, daysMax: 1),
      by: persons[0])
  }

  var slow: SlowPolicy { SlowPolicy(roles: roles, everything: ledger.all) }

  mutating func write(_ draft: RecordDraft, by author: Identifier) {
    // Some came from another tenant.
    let origin = draft.id.low % 8 == 3 ? Identifier(2) : SlowPolicy.tenant
    ledger.write(draft, by: author, receivedAt: now, origin: origin)
    if let record = ledger[draft.id] { state.update(with: record) }
  }

  mutating func fresh() -> Identifier {
    nextID += 1
    return Identifier(nextID)
  }

  func instant(using random: inout SplitMix64) -> Int64 { Int64(random.below(40)) * Self.hour }

  /// Most of what happens, happens in one case.
  func pickCase(using random: inout SplitMix64) -> Identifier {
    random.chance(75) ? cases[0] : random.pick(cases)
  }

  /// Most who ask are from outside the staff, since most rules are about them.
  func asker(using random: inout SplitMix64) -> Identifier {
    random.chance(60) ? persons[7 + random.below(5)] : random.pick(persons)
  }

  func some<Element>(_ elements: [Element], using random: inout SplitMix64) -> [Element] {
    let chosen = elements.filter { _ in random.chance(70) }
    return chosen.isEmpty ? [random.pick(elements)] : chosen
  }

  mutating func part(
    _ person: Identifier, _ role: Role, _ caseID: Identifier, using random: inout SplitMix64
  ) -> RecordDraft {
    let start = random.chance(20) ? instant(using: &random) : nil
    let end = random.chance(20) ? (start ?? 0) + Self.hour * Int64(1 + random.below(30)) : nil
    return CaseWork.participant(
      id: fresh(), in: caseID, person: person, role: role,
      alias: role == .externalReporter ? random.pick(aliases) : nil,
      organisation: role == .involvedProfessional ? random.pick(organisations) : nil, from: start, until: end)
  }

  /// A reference to a content record of a case: its facts follow from its id.
  func content(_ id: Identifier, in caseID: Identifier, using random: inout SplitMix64) -> RecordReference {
    let kinds: [RecordKind] = [.note, .contact, .child, .plan, .discharge, .note, .attachment, .inquiry]
    let place = Int(id.low - 501) % kinds.count
    let about = place % 3 == 0 ? [subjects[0]] : place % 3 == 1 ? [subjects[0], subjects[1]] : [subjects[2]]
    return RecordReference(
      id: id, kind: kinds[place], caseID: caseID, creator: persons[(place * 5 + 4) % persons.count],
      about: about, informationType: types[place % types.count],
      receivedAt: Int64(place * 4) * Self.hour)
  }

  /// Any record that somebody might ask for.
  mutating func reference(using random: inout SplitMix64) -> RecordReference {
    let caseID = pickCase(using: &random)
    if random.chance(65) { return content(random.pick(contents), in: caseID, using: &random) }
    if random.chance(80), let record = ledger.all.isEmpty ? nil : random.pick(ledger.all) {
      return record.reference
    }
    if random.chance(30) {
      let kind = random.pick([RecordKind.externalUpdate, .updateReceipt])
      return RecordReference(
        id: random.pick(contents), kind: kind, caseID: random.pick(aliases), creator: nil, about: [],
        informationType: .coordination, receivedAt: 0)
    }
    let definition = random.pick(RecordKind.definitions)
    let home: Identifier? = random.chance(30) ? nil : caseID
    let kind = random.chance(5) ? RecordKind(rawValue: 999) : definition.kind
    return RecordReference(
      id: kind == .case && random.chance(70) ? caseID : random.pick(contents), kind: kind, caseID: home,
      creator: random.pick(persons), about: [random.pick(subjects)], informationType: random.pick(types),
      receivedAt: random.chance(50) ? 0 : nil)
  }
}
