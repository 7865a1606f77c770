import CRDT
import CaseModel
import Testing

/// What gives and takes access, by example.
@Suite struct GroundTests {
  typealias World = PolicyWorld
  static let day: Int64 = 86_400_000
  let other = World.other

  /// An involved professional whose organisation vouches for her from 0 until 1,000.
  static func world() -> World {
    var world = World()
    world.setRole(.involvedProfessional, of: World.other)
    world.add(Identifier(9_400), World.other, .involvedProfessional, organisation: World.organisation)
    world.write(
      CaseWork.vouching(
        id: Identifier(9_401), organisation: World.organisation, person: World.other,
        voucher: Identifier(31), from: 0, until: 100 * day))
    world.write(
      CaseWork.custody(
        id: Identifier(9_402), in: World.caseID, of: World.child, holder: Identifier(61),
        source: "civil_register", until: 50 * day))
    return world
  }

  static func note(
    _ type: InformationType = .health, kind: RecordKind = .note, about: [Identifier] = [World.child],
    receivedAt: Int64? = 10, creator: Identifier = World.opener, id: Identifier = World.record
  ) -> RecordReference {
    RecordReference(
      id: id, kind: kind, caseID: World.caseID, creator: creator, about: about, informationType: type,
      receivedAt: receivedAt)
  }

  static func consent(
    to recipient: Identifier = World.other, horizon: Int64? = nil, until end: Int64 = 1_000 * day
  ) -> RecordDraft {
    CaseWork.consent(
      id: Identifier(9_403), in: World.caseID,
      CaseWork.Disclosure(
        to: recipient, about: [World.child], types: [.health, .plan], purpose: "coordination", from: 5,
        until: end, horizon: horizon), form: "written", evidence: World.record,
      signatures: [Identifier(61)])
  }

  private func rules(_ world: World, _ note: RecordReference, at instants: [Int64]) -> [AccessRule] {
    instants.map { may(other, .read, note, at: $0, in: world.state).rule }
  }

  @Test func aConsentCoversWhatItNames() {
    var world = Self.world()
    #expect(rules(world, Self.note(), at: [5]) == [.noGround])
    world.write(Self.consent())
    #expect(rules(world, Self.note(), at: [4, 5]) == [.noGround, .consent])
    #expect(rules(world, Self.note(.social), at: [5]) == [.noGround])
    #expect(rules(world, Self.note(about: [World.child, Identifier(2)]), at: [5]) == [.noGround])
    #expect(rules(world, Self.note(about: []), at: [5]) == [.noGround])
    #expect(rules(world, Self.note(), at: [50 * Self.day]) == [.noGround], "nobody holds custody any more")
    #expect(rules(world, Self.note(), at: [100 * Self.day]) == [.notVouchedFor])
    #expect(may(other, .create([]), Self.note(receivedAt: nil), at: 5, in: world.state).rule == .consent)
    #expect(may(other, .write([]), Self.note(creator: other), at: 5, in: world.state).rule == .ownRecord)
    #expect(may(other, .write([]), Self.note(), at: 5, in: world.state).rule == .readOnly)
  }

  /// A record of several types, about several persons: what reclassifications add must be covered too.
  @Test func whatIsClassifiedAnewIsCoveredWholly() {
    var world = Self.world()
    world.write(Self.consent())
    func classify(_ id: UInt64, about: [Identifier], _ types: [InformationType]) -> AccessRule {
      world.write(
        CaseWork.reclassify(
          id: Identifier(id), in: World.caseID, record: World.record, about: about, types: types))
      return world.reads(other, Self.note(.social), at: 20).rule
    }
    #expect(world.reads(other, Self.note(.social), at: 20).rule == .noGround)
    #expect(classify(9_404, about: [World.child], [.health, .plan]) == .consent)
    #expect(classify(9_405, about: [], [.economy]) == .noGround)
    #expect(classify(9_405, about: [], [.health]) == .noGround, "additions stay")
    #expect(classify(9_406, about: [Identifier(2)], []) == .noGround)
  }

  @Test func anOrganisationIsARecipient() {
    var world = Self.world()
    world.write(Self.consent(to: World.organisation))
    #expect(rules(world, Self.note(), at: [5]) == [.consent])
    let before = world.ledger[Identifier(9_401)]
    if let before { world.write(CaseWork.reconfirm(vouching: before, until: 20)) }
    #expect(rules(world, Self.note(), at: [19, 20]) == [.consent, .notVouchedFor])
    #expect(world.state.nextChange(for: other, after: 10) == 20)
  }

  @Test func aHorizonLeavesOutWhatWasThereBefore() {
    var world = Self.world()
    world.write(Self.consent(horizon: 11))
    #expect(rules(world, Self.note(receivedAt: 10), at: [20]) == [.noGround])
    #expect(rules(world, Self.note(receivedAt: 11), at: [20]) == [.consent])
  }

  @Test func aLegalBasisSaysWhoForWhatAndHowLong() throws {
    var world = Self.world()
    world.setRole(.familyCoordinator, of: World.subject)
    world.add(World.subjectRecord, World.subject, .familyCoordinator)
    let basis = Identifier(9_410)
    world.write(
      CaseWork.legalBasis(
        id: basis, code: "x", roles: [.familyCoordinator], types: [.health], daysMax: 2, until: 30 * Self.day)
    )
    func ground(_ body: (inout CaseWork.Disclosure) -> Void) -> RecordDraft {
      var disclosure = CaseWork.Disclosure(
        to: other, about: [World.child], types: [.health], purpose: "protection", from: 0, until: 2 * Self.day
      )
      body(&disclosure)
      return CaseWork.ground(id: Identifier(9_411), in: World.caseID, basis: basis, disclosure)
    }
    #expect(world.verdict(World.subject, ground { _ in }).rule == .invoker)
    #expect(world.verdict(World.opener, ground { _ in }).rule == .basisDoesNotAllow, "a leader may not")
    #expect(world.verdict(World.subject, ground { $0.endsAt += 1 }).rule == .basisDoesNotAllow)
    #expect(world.verdict(World.subject, ground { $0.types = [.social] }).rule == .basisDoesNotAllow)
    // One that came all the same gives no more than the basis allows.
    world.write(
      ground {
        $0.endsAt = 90 * Self.day
        $0.types = [.health, .plan]
      })
    #expect(rules(world, Self.note(), at: [0, 2 * Self.day - 1]) == [.legalBasis, .legalBasis])
    #expect(rules(world, Self.note(), at: [2 * Self.day]) == [.noGround])
    #expect(rules(world, Self.note(.plan), at: [0]) == [.noGround])
    let record = try #require(world.ledger[basis])
    world.write(try #require(CaseWork.end(governing: record)))
    #expect(rules(world, Self.note(), at: [0]) == [.noGround])
  }

  @Test func protectedContactsAreClosed() throws {
    var world = Self.world()
    let id = Identifier(9_420)
    let contact = Self.note(.social, kind: .protectedContact, creator: World.member, id: id)
    world.setRole(.coreTeam, of: World.subject)
    world.add(World.subjectRecord, World.subject, .coreTeam)
    world.write(
      CaseWork.protectedContact(id: id, in: World.caseID, about: [World.child], sort: "address", text: "x"),
      by: World.member)
    world.write(CaseWork.breakGlass(id: Identifier(9_421), in: World.caseID, reason: "r"), by: World.opener)
    world.write(
      CaseWork.release(
        id: Identifier(9_422), in: World.caseID, to: other, records: [id], about: [World.child]))
    #expect(world.reads(World.opener, contact).rule == .noParticipation)
    #expect(world.reads(World.subject, contact) == .denied(.protectedContact))
    #expect(world.reads(World.subject, contact).toldRule == .noParticipation)
    #expect(world.reads(World.member, contact) == .allowed(.ownRecord))
    var draft = RecordDraft.change(try #require(world.ledger[id]))
    draft.add(Field.ProtectedContact.roles, [Role.coreTeam])
    draft.add(Field.ProtectedContact.persons, [other])
    #expect(world.verdict(World.member, draft).isAllowed)
    world.write(draft)
    #expect(world.reads(World.subject, contact) == .allowed(.audience))
    #expect(world.reads(other, contact) == .allowed(.audience))
    world.write(CaseWork.withhold(id: Identifier(9_423), in: World.caseID, from: World.member, records: [id]))
    #expect(world.reads(World.member, contact) == .denied(.withheld))
  }

  /// There is no principal "parents", however an audience came to name it.
  @Test func noAudienceNamesParents() {
    var world = Self.world()
    let parent = Identifier(61)
    world.setRole(.parent, of: parent)
    world.add(Identifier(9_424), parent, .parent)
    let id = Identifier(9_425)
    let draft = CaseWork.protectedContact(
      id: id, in: World.caseID, about: [World.child], sort: "address", text: "x", roles: [.parent])
    #expect(world.verdict(World.member, draft).rule == .malformed)
    #expect(
      world.verdict(
        World.opener,
        CaseWork.reclassify(
          id: id, in: World.caseID, record: World.record, roles: [.externalReporter])
      ).rule == .malformed)
    world.write(draft)
    let contact = Self.note(.social, kind: .protectedContact, id: id)
    #expect(world.reads(parent, contact) == .denied(.protectedContact))
  }

  @Test func informationTypesAreTables() throws {
    var world = Self.world()
    func reads(_ type: InformationType, at instant: Int64) -> Bool {
      may(World.member, .read, Self.note(type), at: instant, in: world.state).isAllowed
    }
    world.write(
      CaseWork.informationType(id: Identifier(9_430), .health, roles: [.leader], from: 10, until: 20))
    #expect(
      [9, 10, 20].map { reads(.health, at: $0) } == [true, false, false], "what ran out opens nothing")
    #expect(reads(.social, at: 10))
    world.write(CaseWork.informationType(id: Identifier(9_431), .health, roles: [.coreTeam], from: 20))
    #expect(reads(.health, at: 20))
    world.add(Identifier(9_432), World.opener, .leader)
    world.write(
      CaseWork.informationType(id: Identifier(9_433), .plan, roles: [.leader]), by: World.opener)
    func leaderReads() -> Bool { world.reads(World.opener, Self.note(.plan)).isAllowed }
    #expect(!leaderReads())
    let entry = try #require(world.ledger[Identifier(9_433)])
    world.write(CaseWork.confirm(entry, by: World.opener))
    #expect(!leaderReads(), "she confirmed it herself")
    world.write(CaseWork.confirm(entry, by: World.stranger))
    #expect(leaderReads())
  }

  /// Whoever reads by whatever rule reads no more once the record is withheld, and breaks no glass to.
  @Test func aWithholdingGoesBeforeEveryRule() throws {
    var world = Self.world()
    let (parent, analyst, officer) = (Identifier(61), Identifier(62), Identifier(63))
    world.setRole(.parent, of: parent)
    world.setRole(.analysisTeam, of: analyst)
    world.setRole(.dataProtectionOfficer, of: officer)
    world.add(Identifier(9_470), parent, .parent)
    world.add(Identifier(9_471), analyst, .analysisTeam)
    world.write(Self.consent())
    world.write(
      CaseWork.release(
        id: Identifier(9_472), in: World.caseID, to: parent, types: [.health], about: [World.child]))
    world.write(CaseWork.breakGlass(id: Identifier(9_473), in: World.caseID, reason: "r"), by: World.opener)
    let note = Self.note(creator: Identifier(1))
    let head = Self.note(.coordination, kind: .case, id: World.caseID)
    let own = Self.note(creator: parent)
    let cases: [(Identifier, RecordReference, AccessRule)] = [
      (World.member, note, .participant), (other, note, .consent), (parent, note, .release),
      (parent, own, .ownRecord), (analyst, note, .analysisTeam), (World.opener, note, .breakGlass),
      (World.opener, head, .leaderRegister), (officer, head, .oversight),
    ]
    for (place, (person, record, rule)) in cases.enumerated() {
      #expect(world.reads(person, record, at: 20) == .allowed(rule))
      for (how, withheld) in [
        CaseWork.withhold(
          id: Identifier(9_480), in: World.caseID, from: person, records: [record.id]),
        CaseWork.withhold(id: Identifier(9_480), in: World.caseID, from: person, about: record.about),
        CaseWork.withhold(id: Identifier(9_480), in: World.caseID, from: person, wholeCase: true),
      ].enumerated() {
        var after = world
        after.write(withheld)
        #expect(after.reads(person, record, at: 20) == .denied(.withheld), "\(place) \(how)")
        let again = CaseWork.breakGlass(id: Identifier(9_481), in: World.caseID, reason: "again")
        after.write(again, by: person)
        #expect(after.reads(person, record, at: 20) == .denied(.withheld), "\(place) \(how)")
      }
    }
  }

  /// Leaders and officers read of cases in which they have no part, and must be asked about again.
  @Test func whoseAccessARecordDecidesIsInvolved() throws {
    var world = Self.world()
    func involved() -> Set<Identifier> { world.state.involvedPersons(in: World.caseID) }
    world.setRole(.leader, of: World.stranger)
    world.setRole(.dataProtectionOfficer, of: World.subject)
    #expect(involved().isDisjoint(with: [World.stranger, World.subject]))
    let id = Identifier(9_490)
    world.write(CaseWork.withhold(id: id, in: World.caseID, from: World.stranger, records: [World.record]))
    #expect(involved().contains(World.stranger))
    world.write(CaseWork.lift(withholding: try #require(world.ledger[id])))
    #expect(involved().contains(World.stranger), "she may read again")
    world.write(
      CaseWork.reclassify(
        id: Identifier(9_491), in: World.caseID, record: World.record, audience: [World.member]))
    #expect(involved().isSuperset(of: [World.stranger, World.subject]))
    let vouching = try #require(world.ledger[Identifier(9_401)])
    #expect(world.state.involvedPersons(inRegister: vouching) == [other])
    world.write(CaseWork.informationType(id: Identifier(9_492), .plan, roles: []))
    let entry = try #require(world.ledger[Identifier(9_492)])
    #expect(world.state.involvedPersons(inRegister: entry).count == 6)
  }

  /// A coordinator from whom the case is withheld coordinates nothing, and no update waits unread.
  @Test func aWithheldCaseIsAsIfOneHadNoPart() {
    var world = Self.world()
    world.setRole(.familyCoordinator, of: World.subject)
    world.add(World.subjectRecord, World.subject, .familyCoordinator)
    world.add(Identifier(9_440), World.opener, .leader)
    let update = RecordReference(
      id: Identifier(9_441), kind: .externalUpdate, caseID: World.othersAlias, creator: World.reporter,
      about: [], informationType: .coordination, receivedAt: 0)
    #expect(world.reads(World.subject, update).isAllowed && !world.reads(World.opener, update).isAllowed)
    world.write(
      CaseWork.withhold(id: Identifier(9_442), in: World.caseID, from: World.subject, wholeCase: true))
    #expect(!world.reads(World.subject, update).isAllowed && world.reads(World.opener, update).isAllowed)
    #expect(world.reads(World.subject, Self.note()) == .denied(.withheld))
    #expect(
      world.verdict(World.subject, .new(.note, id: Identifier(9_443), in: World.caseID)).rule == .withheld)
    #expect(world.state.scopes(of: World.subject, at: 0) == [.register])
    #expect(world.state.involvedPersons(in: World.caseID).contains(World.subject))
    let invitation = InvitationRule.mayInvite(
      World.subject, to: .coreTeam, case: World.caseID, at: 0, in: world.state)
    #expect(invitation.rule == .noParticipation)
  }

  @Test func theTablesSayWhoInvitesAndEndsWhom() {
    let invited: [Role: [Role]] = [
      .leader: [
        .familyCoordinator, .coreTeam, .analysisTeam, .involvedProfessional, .parent, .dataProtectionOfficer,
        .administrator,
      ],
      .familyCoordinator: [.coreTeam, .externalReporter, .analysisTeam, .involvedProfessional, .parent],
    ]
    for (inviter, _) in Role.names {
      var world = World()
      world.setRole(inviter, of: World.subject)
      if inviter.isStaff { world.add(World.subjectRecord, World.subject, inviter) }
      for (role, name) in Role.names {
        let verdict = InvitationRule.mayInvite(
          World.subject, to: role, case: World.caseID, at: 0, in: world.state)
        #expect(verdict.isAllowed == (invited[inviter] ?? []).contains(role), "\(inviter.rawValue) \(name)")
        let id = Identifier(9_450)
        world.setRole(role, of: World.stranger)
        let part = CaseWork.participant(
          id: id, in: World.caseID, person: World.stranger, role: role,
          alias: role == .externalReporter ? World.ownAlias : nil, organisation: World.organisation)
        let begins: Bool =
          switch inviter {
          case .leader: role.rawValue <= 7
          case .familyCoordinator: (3...7).contains(role.rawValue)
          default: false
          }
        #expect(world.verdict(World.subject, part).isAllowed == begins, "\(inviter.rawValue) \(name)")
        var with = world
        with.write(part)
        let isEnded = with.ledger[id].map {
          with.verdict(World.subject, CaseWork.end(participant: $0, on: .on("2020-01-01"))).isAllowed
        }
        #expect(isEnded == (begins || inviter == .leader), "\(inviter.rawValue) \(name)")
      }
    }
  }

  @Test func authorityLimitsSayWhoDecides() throws {
    var world = World()
    world.setRole(.leader, of: World.stranger)
    func route(_ amount: Int64, at instant: Int64 = 5) -> AuthorityRoute {
      world.state.authority(of: World.stranger, on: "grant", amount: amount, at: instant)
    }
    let id = Identifier(9_460)
    world.write(
      CaseWork.authorityLimit(id: id, role: .leader, matter: "grant", amount: 100, from: 0, until: 10))
    #expect(route(1) == .visitation, "no second leader confirmed it")
    world.write(CaseWork.confirm(try #require(world.ledger[id]), by: World.stranger))
    #expect(
      [0, 100, 101, -1].map { route($0) } == [
        .decides(limit: id), .decides(limit: id), .visitation, .visitation,
      ])
    #expect(route(1, at: 10) == .visitation)
    #expect(world.state.authority(of: World.stranger, on: "car", amount: 1, at: 5) == .visitation)
    #expect(world.state.authority(of: World.member, on: "grant", amount: 1, at: 5) == .visitation)
    let own = Identifier(9_461)
    world.write(CaseWork.authorityLimit(id: own, person: World.stranger, matter: "grant", amount: 50))
    world.write(CaseWork.confirm(try #require(world.ledger[own]), by: World.stranger))
    #expect([50, 51].map { route($0) } == [.decides(limit: own), .visitation])
    let record = try #require(world.ledger[own])
    world.write(try #require(CaseWork.end(governing: record)))
    #expect(route(51) == .decides(limit: id))
  }

  @Test func cprNumbersDoNotShowThemselves() throws {
    let number = try #require(CPRNumber("010203-4567"))
    #expect(number.digits == "0102034567" && CPRNumber("0102034567") == number)
    #expect(number.masked == "010203-····")
    for text in ["\(number)", String(describing: number), String(reflecting: number), "\([number])"] {
      #expect(!text.contains("4567") && !text.contains("0102"))
    }
    var dumped = ""
    dump(number, to: &dumped)
    #expect(!dumped.contains("4567"))
    for text in ["", "010203-456", "320203-4567", "011303-4567", "01020x4567", "010203+4567", "0102034567-"] {
      #expect(CPRNumber(text) == nil)
    }
    #expect(CPRNumber("610203-4567") != nil, "a replacement number")
  }
}
