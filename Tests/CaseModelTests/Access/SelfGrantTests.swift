import CRDT
import CaseModel
import Testing

/// Nobody gives himself rights, by any kind that gives them, and no mere co-author opens anything to others.
@Suite struct SelfGrantTests {
  typealias World = PolicyWorld
  let me = World.subject
  static let id = Identifier(9_000)

  /// What would give `me` something.
  private func grants(to me: Identifier) -> [RecordDraft] {
    let (id, caseID) = (Self.id, World.caseID)
    func disclosure(_ recipient: Identifier) -> CaseWork.Disclosure { World.disclosure(to: recipient) }
    return [me, World.organisation].flatMap { recipient in
      [
        CaseWork.consent(
          id: id, in: caseID, disclosure(recipient), form: "oral", evidence: id, signatures: []),
        CaseWork.ground(id: id, in: caseID, basis: World.standing(.legalBasis), disclosure(recipient)),
      ]
    } + [
      CaseWork.release(id: id, in: caseID, to: me, types: [.health], about: [World.child]),
      CaseWork.custody(id: id, in: caseID, of: World.child, holder: me, source: "court"),
      CaseWork.custody(id: id, in: caseID, of: me, holder: World.other, source: "court"),
      CaseWork.participant(id: id, in: caseID, person: me, role: .parent),
      CaseWork.participant(id: id, in: caseID, person: me, role: .analysisTeam),
      CaseWork.vouching(
        id: id, organisation: World.organisation, person: me, voucher: World.other, from: 0, until: 9),
      CaseWork.legalBasis(id: id, code: "x", persons: [me], types: [.health], daysMax: 1),
      CaseWork.authorityLimit(id: id, person: me, matter: "grant", amount: 9),
    ]
  }

  private func world(_ role: Role, as part: Role) -> World {
    var world = World.governed
    world.setRole(role, of: me)
    world.add(World.subjectRecord, me, part)
    // An organisation vouches for her, so that what is for it is for her.
    world.write(
      CaseWork.vouching(
        id: Identifier(8_000), organisation: World.organisation, person: me, voucher: World.other, from: 0,
        until: 1_000))
    return world
  }

  @Test func leadersGiveThemselvesNothing() {
    let world = world(.leader, as: .leader)
    for draft in grants(to: me) {
      #expect(world.verdict(me, draft).rule == .selfGrant, "\(draft.kind.rawValue)")
    }
  }

  @Test func coordinatorsGiveThemselvesNothing() {
    let world = world(.familyCoordinator, as: .familyCoordinator)
    for draft in grants(to: me) {
      let isTable = draft.kind == .legalBasis || draft.kind == .authorityLimit
      #expect(
        world.verdict(me, draft).rule == (isTable ? .roleInsufficient : .selfGrant), "\(draft.kind.rawValue)")
    }
  }

  /// The core team, who writes everything else with the others, opens nothing to anybody.
  @Test func aCoAuthorNeitherReleasesNorReclassifies() throws {
    let world = world(.coreTeam, as: .coreTeam)
    for kind in [RecordKind.release, .reclassification, .consent, .withholding, .custody] {
      let draft = try #require(world.governingDraft(kind, id: Self.id))
      #expect(world.verdict(me, draft).rule == .roleInsufficient)
      let record = try #require(world.ledger[World.standing(kind)])
      var change = RecordDraft.change(record)
      change.operations = World.usualChange(record)
      #expect(world.verdict(me, change).rule == .readOnly)
    }
    var contact = RecordDraft.change(try #require(world.ledger[World.standing(.protectedContact)]))
    contact.add(Field.ProtectedContact.persons, [World.other])
    #expect(world.verdict(me, contact).rule == .roleInsufficient, "she reads it and did not write it")
  }

  @Test func aWithholdingAgainstOneselfIsNeitherSeenNorLifted() throws {
    for role in [Role.leader, .familyCoordinator] {
      var world = world(role, as: role)
      let withholding = CaseWork.withhold(
        id: Self.id, in: World.caseID, from: me, records: [World.record], about: [World.child])
      world.write(withholding)
      let record = try #require(world.ledger[Self.id])
      for verdict in [
        world.reads(me, record.reference),
        world.verdict(me, CaseWork.lift(withholding: record)),
      ] {
        #expect(verdict == .denied(.withheld))
        #expect(verdict.toldRule == .noParticipation)
      }
      world.write(CaseWork.lift(withholding: record))
      let lifted = try #require(world.ledger[Self.id])
      #expect(!world.reads(me, lifted.reference).isAllowed, "nor what it was")
    }
  }

  @Test func nobodyLetsHimselfIntoAnAudience() throws {
    var world = world(.leader, as: .leader)
    world.write(
      CaseWork.reclassify(
        id: Self.id, in: World.caseID, record: World.record, audience: [World.member], excluding: [me]))
    let record = try #require(world.ledger[Self.id])
    func change(_ body: (inout RecordDraft) -> Void) -> AccessRule {
      var draft = RecordDraft.change(record)
      body(&draft)
      return world.verdict(me, draft).rule
    }
    #expect(change { $0.add(Field.Reclassification.persons, [me]) } == .selfGrant)
    #expect(change { $0.add(Field.Reclassification.roles, [Role.leader]) } == .selfGrant)
    #expect(change { $0.remove(Field.Reclassification.excludedPersons, .identifier(me)) } == .selfGrant)
    #expect(change { $0.remove(Field.Reclassification.persons, .identifier(World.member)) } == .givenOnce)
    #expect(change { $0.add(Field.Reclassification.roles, [Role.parent]) } == .malformed)
    #expect(change { $0.add(Field.Reclassification.persons, [World.stranger]) } == .leaderStep)
    // Another reclassification takes nothing of the first back.
    world.write(
      CaseWork.reclassify(id: Identifier(9_001), in: World.caseID, record: World.record, audience: [me]))
    let note = RecordReference(
      id: World.record, kind: .note, caseID: World.caseID, creator: World.opener, about: [World.child],
      informationType: .social, receivedAt: 0)
    #expect(world.reads(me, note) == .denied(.outsideAudience))
    #expect(world.reads(World.member, note) == .denied(.outsideAudience), "each audience must admit her")
  }

  /// Classifying a record anew gives its author nothing: what its header says counts for staff.
  @Test func nobodyReclassifiesToRead() {
    var world = world(.leader, as: .leader)
    world.write(CaseWork.informationType(id: Identifier(8_001), .economy, roles: [.coreTeam]))
    world.write(CaseWork.withhold(id: Identifier(8_002), in: World.caseID, from: me, about: [World.other]))
    func note(_ type: InformationType, _ about: [Identifier]) -> AccessVerdict {
      world.reads(
        me,
        RecordReference(
          id: World.record, kind: .note, caseID: World.caseID, creator: nil, about: about,
          informationType: type, receivedAt: 0))
    }
    world.write(
      CaseWork.reclassify(
        id: Self.id, in: World.caseID, record: World.record, about: [World.child], types: [.social]), by: me)
    #expect(note(.economy, [World.child]) == .denied(.typeNotReached))
    #expect(note(.social, [World.child, World.other]) == .denied(.withheld))
    #expect(note(.social, [World.child]) == .allowed(.participant))
  }

  /// Nor does it open to her as a parent what was not released to her.
  @Test func aLeaderWhoIsAParentReclassifiesNothingToHerself() {
    var world = world(.leader, as: .parent)
    world.write(
      CaseWork.release(
        id: Identifier(8_010), in: World.caseID, to: me, types: [.health], about: [World.child]))
    func note(_ type: InformationType, _ about: [Identifier]) -> AccessRule {
      world.reads(
        me,
        RecordReference(
          id: World.record, kind: .note, caseID: World.caseID, creator: nil, about: about,
          informationType: type, receivedAt: 0)
      ).rule
    }
    world.write(
      CaseWork.reclassify(
        id: Self.id, in: World.caseID, record: World.record, about: [World.child], types: [.health]), by: me)
    #expect(note(.health, [World.child]) == .release)
    #expect(note(.health, [World.child, World.other]) == .noGround)
    #expect(note(.economy, [World.child]) == .noGround)
  }

  @Test func tablesNeedASecondLeader() throws {
    var world = world(.leader, as: .leader)
    world.setRole(.leader, of: World.stranger)
    for kind in [RecordKind.informationType, .authorityLimit] {
      let draft = try #require(world.governingDraft(kind, id: Self.id))
      var confirmed = draft
      confirmed.operations +=
        CaseWork.confirm(try #require(world.ledger[World.standing(kind)]), by: me)
        .operations
      #expect(world.verdict(me, confirmed).rule == .selfGrant)
      world.write(draft, by: me)
      let record = try #require(world.ledger[Self.id])
      #expect(world.verdict(me, CaseWork.confirm(record, by: me)).rule == .selfGrant)
      #expect(world.verdict(me, CaseWork.confirm(record, by: World.stranger)).rule == .malformed)
      #expect(
        world.verdict(World.stranger, CaseWork.confirm(record, by: World.stranger)).rule
          == .leaderTables)
    }
  }
}
