import CRDT
import CaseModel
import Testing

/// What the table of rights does not show: who says who takes part, and how rights cannot be come by.
@Suite struct AccessPolicyTests {
  typealias World = PolicyWorld
  let subject = World.subject

  private func part(
    _ person: Identifier, _ role: Role, alias: Identifier? = nil, id: Identifier = Identifier(500)
  ) -> RecordDraft {
    CaseWork.participant(id: id, in: World.caseID, person: person, role: role, alias: alias)
  }

  @Test func leadersAndCoordinatorsOpenCases() {
    let head = RecordDraft.new(.case, id: Identifier(101), in: Identifier(101))
    for (role, rule) in [
      (.leader, .caseOpening), (.familyCoordinator, .caseOpening), (.coreTeam, .roleInsufficient),
      (.externalReporter, .roleInsufficient),
    ] as [(Role, AccessRule)] {
      var world = World()
      world.setRole(role, of: subject)
      #expect(world.verdict(subject, head).rule == rule)
    }
  }

  @Test func aCaseIsOpenedOnceAndIsItsOwnHead() {
    var world = World()
    world.setRole(.leader, of: subject)
    func open(_ id: Identifier, in caseID: Identifier?) -> AccessRule {
      world.verdict(subject, .new(.case, id: id, in: caseID)).rule
    }
    #expect(open(World.caseID, in: World.caseID) == .caseExists)
    #expect(open(World.othersAlias, in: World.othersAlias) == .caseExists)
    #expect(open(Identifier(102), in: World.caseID) == .misplaced)
    #expect(open(Identifier(102), in: nil) == .misplaced)
    #expect(world.verdict(subject, .new(.person, id: Identifier(102), in: World.caseID)).rule == .misplaced)
    #expect(
      world.verdict(subject, .new(.offer, id: Identifier(102), in: Identifier(103))).rule == .unknownCase)
    #expect(world.verdict(subject, .new(.note, id: Identifier(102), in: nil)).rule == .misplaced)
    let unknown = RecordKind(rawValue: 9_999)
    #expect(world.verdict(subject, .new(unknown, id: Identifier(102), in: World.caseID)).rule == .unknownKind)
  }

  /// Who opens a case takes part in it once, and only while nobody does.
  @Test func theOpenerIsTheFirstWhoTakesPart() {
    var world = World()
    let (id, caseID) = (Identifier(600), Identifier(110))
    world.setRole(.familyCoordinator, of: subject)
    world.write(.new(.case, id: caseID, in: caseID), by: subject)
    func first(_ person: Identifier, _ role: Role, by author: Identifier) -> AccessRule {
      world.verdict(author, CaseWork.participant(id: id, in: caseID, person: person, role: role)).rule
    }
    #expect(first(subject, .familyCoordinator, by: subject) == .firstParticipant)
    #expect(first(subject, .coreTeam, by: subject) == .firstParticipant)
    #expect(first(subject, .leader, by: subject) == .roleNotHeld)
    #expect(first(World.member, .coreTeam, by: subject) == .roleInsufficient)
    #expect(first(World.opener, .leader, by: World.opener) == .selfGrant)
    #expect(first(World.member, .coreTeam, by: World.member) == .noParticipation)
    world.write(CaseWork.participant(id: id, in: caseID, person: subject, role: .familyCoordinator))
    world.end(id)
    let again = CaseWork.participant(
      id: Identifier(601), in: caseID, person: subject, role: .familyCoordinator)
    #expect(world.verdict(subject, again).rule == .noParticipation)
  }

  @Test func nobodyGivesRightsToHimself() {
    var world = World()
    world.setRole(.leader, of: subject)
    for role in [Role.leader, .familyCoordinator, .coreTeam] {
      #expect(world.verdict(subject, part(subject, role)).rule == .selfGrant)
    }
    #expect(
      world.verdict(subject, part(subject, .externalReporter, alias: Identifier(700))).rule == .selfGrant)
    world.setRole(.familyCoordinator, of: subject)
    world.add(World.subjectRecord, subject, .familyCoordinator)
    #expect(world.verdict(subject, part(subject, .coreTeam)).rule == .selfGrant)
  }

  @Test func aCoordinatorChoosesTheTeamAndReportersOnly() {
    var world = World()
    world.setRole(.familyCoordinator, of: subject)
    world.setRole(.familyCoordinator, of: World.stranger)
    world.add(World.subjectRecord, subject, .familyCoordinator)
    func add(_ role: Role, alias: Identifier? = nil) -> AccessRule {
      world.verdict(subject, part(World.stranger, role, alias: alias)).rule
    }
    #expect(add(.coreTeam) == .coordinatorParticipants)
    #expect(add(.externalReporter, alias: Identifier(700)) == .coordinatorParticipants)
    #expect(add(.familyCoordinator) == .roleInsufficient)
    #expect(add(.leader) == .roleNotHeld)
    world.allocate(to: World.stranger)
    #expect(add(.coreTeam) == .coordinatorParticipants, "the allocated one takes no part yet")
    world.add(Identifier(501), World.stranger, .familyCoordinator)
    #expect(world.verdict(subject, part(Identifier(15), .coreTeam)).rule == .roleInsufficient)
    #expect(world.verdict(World.stranger, part(Identifier(15), .coreTeam)).rule == .coordinatorParticipants)
    world.setRole(nil, of: World.stranger)
    #expect(add(.coreTeam) == .coordinatorParticipants, "the allocated one has no account any more")
  }

  @Test func aParticipationSaysWhatItNeedsTo() {
    let world = World()
    func refuses(_ draft: RecordDraft, _ rule: AccessRule = .malformed) {
      #expect(world.verdict(World.opener, draft).rule == rule)
    }
    refuses(part(World.stranger, .externalReporter))
    refuses(part(World.stranger, .coreTeam, alias: Identifier(700)))
    refuses(part(World.stranger, Role(rawValue: 99)))
    refuses(.new(.participant, id: Identifier(500), in: World.caseID))
    refuses(part(World.stranger, .externalReporter, alias: World.othersAlias), .aliasTaken)
    refuses(part(World.stranger, .externalReporter, alias: World.caseID), .aliasTaken)
    refuses(part(World.reporter, .coreTeam), .roleNotHeld)
    var twice = part(World.stranger, .coreTeam)
    twice.write(Field.Participant.person, World.opener)
    refuses(twice)
    var negative = RecordDraft.new(.participant, id: Identifier(500), in: World.caseID)
    negative.write(Field.Participant.person, World.stranger)
    negative.write(Field.Participant.role, -1)
    negative.write(Field.Participant.status, Participation.Status.active)
    refuses(negative)
    var ended = part(World.stranger, .coreTeam)
    ended.operations.removeAll { $0.field == Field.Participant.status.id }
    ended.write(Field.Participant.status, Participation.Status.ended)
    refuses(ended)
  }

  @Test func aParticipationIsEndedAndOtherwiseFixed() throws {
    var world = World()
    let record = try #require(world.ledger[World.memberRecord])
    func change(_ body: (inout RecordDraft) -> Void) -> AccessRule {
      var draft = RecordDraft.change(record)
      body(&draft)
      return world.verdict(World.opener, draft).rule
    }
    #expect(change { $0.write(Field.Participant.status, Participation.Status.ended) } == .leaderStep)
    #expect(change { $0.write(Field.Participant.until, .on("2020-01-01")) } == .leaderStep)
    #expect(change { $0.write(Field.Participant.person, World.opener) } == .participationFixed)
    #expect(change { $0.write(Field.Participant.role, 1) } == .participationFixed)
    #expect(change { $0.write(Field.Participant.alias, World.othersAlias) } == .participationFixed)
    #expect(change { $0.write(Field.Participant.status, Participation.Status.active) } == .participationFixed)
    let assign = Operation(field: Field.Participant.status.id, action: .assign(.text("ended")))
    #expect(change { $0.operations = [assign] } == .participationFixed)
    world.end(World.memberRecord)
    #expect(change { $0.write(Field.Participant.status, Participation.Status.active) } == .participationFixed)
  }

  @Test func oneAllocationACase() {
    var world = World()
    let draft = RecordDraft.new(.allocation, id: Identifier(401), in: World.caseID)
    #expect(world.verdict(World.opener, draft).rule == .leaderStep)
    world.allocate(to: subject)
    #expect(world.verdict(World.opener, draft).rule == .alreadyAllocated)
    let standing = RecordReference(
      id: Identifier(400), kind: .allocation, caseID: World.caseID, creator: World.opener, about: [],
      informationType: .coordination, receivedAt: 0)
    #expect(may(World.opener, .write([]), standing, at: 0, in: world.state).rule == .leaderStep)
  }

  /// R30, R31: the update is the reporter's and the coordinator's, and nobody else's.
  @Test func updatesAreReadByTheCoordinatorAlone() {
    var world = World()
    let update = RecordReference(
      id: Identifier(900), kind: .externalUpdate, caseID: World.othersAlias, creator: World.reporter,
      about: [],
      informationType: .coordination, receivedAt: 0)
    world.setRole(.familyCoordinator, of: subject)
    world.setRole(.familyCoordinator, of: World.stranger)
    world.add(World.subjectRecord, subject, .familyCoordinator)
    world.add(Identifier(303), World.stranger, .familyCoordinator)
    func readers() -> [Bool] {
      [World.reporter, subject, World.stranger, World.opener, World.member].map {
        world.reads($0, update).isAllowed
      }
    }
    #expect(readers() == [true, true, true, false, false])
    world.allocate(to: subject)
    #expect(readers() == [true, true, false, false, false])
    world.end(World.subjectRecord)
    #expect(readers() == [true, false, true, false, false])
    world.end(Identifier(303))
    world.add(Identifier(304), World.opener, .leader)
    #expect(readers() == [true, false, false, true, false])
    world.end(Identifier(301))
    #expect(readers() == [false, false, false, true, false])
  }

  @Test func anAccountThatEndsEndsAll() {
    var world = World()
    let note = RecordReference(
      id: Identifier(900), kind: .note, caseID: World.caseID, creator: World.member, about: [World.caseID],
      informationType: .social, receivedAt: 0)
    #expect(world.reads(World.member, note) == .allowed(.participant))
    world.setRole(nil, of: World.member)
    #expect(world.reads(World.member, note) == .denied(.noAccount))
    #expect(world.state.scopes(of: World.member, at: 0).isEmpty)
  }

  @Test func invitationsFollowTheTable() {
    var world = World()
    func invite(_ role: Role, case caseID: Identifier? = nil) -> AccessRule {
      InvitationRule.mayInvite(subject, to: role, case: caseID, at: 0, in: world.state).rule
    }
    #expect(invite(.coreTeam) == .noAccount)
    world.setRole(.leader, of: subject)
    #expect(invite(.leader) == .roleInsufficient)
    #expect(invite(.familyCoordinator) == .leaderStep)
    #expect(invite(.coreTeam, case: World.caseID) == .leaderStep)
    #expect(invite(.coreTeam, case: Identifier(9_999)) == .noParticipation)
    world.setRole(.familyCoordinator, of: subject)
    #expect(invite(.externalReporter, case: World.caseID) == .noParticipation)
    world.add(World.subjectRecord, subject, .familyCoordinator)
    #expect(invite(.externalReporter, case: World.caseID) == .coordinatorParticipants)
    #expect(invite(.coreTeam, case: World.caseID) == .coordinatorParticipants)
    #expect(invite(.externalReporter) == .noParticipation)
    #expect(invite(.familyCoordinator, case: World.caseID) == .roleInsufficient)
    world.setRole(.coreTeam, of: subject)
    #expect(invite(.externalReporter, case: World.caseID) == .roleInsufficient)
  }
}
