import CRDT
import CaseModel
import Testing

/// What begins and expires with nobody writing.
@Suite struct PolicyTimeTests {
  typealias World = PolicyWorld
  static let hour = RandomCasework.hour

  /// Between an instant and the next change no verdict changes, on whatever anybody asks.
  @Test func nothingChangesBeforeTheNextChange() {
    var changes = 0
    for seed in 1_000..<1_060 {
      var random = SplitMix64(seed: UInt64(seed))
      var tenant = RandomCasework(using: &random)
      for _ in 0..<30 {
        let draft = tenant.draft(using: &random)
        if draft.isNew || random.chance(20) { tenant.write(draft, by: random.pick(tenant.persons)) }
      }
      for _ in 0..<10 {
        let instant = tenant.instant(using: &random) - Self.hour
        for _ in 0..<25 {
          let reference = tenant.reference(using: &random)
          guard let caseID = reference.caseID, tenant.cases.contains(caseID) else { continue }
          let person = tenant.asker(using: &random)
          let inCase = tenant.state.nextChange(in: caseID, after: instant) ?? Self.hour * 100
          let forPerson = tenant.state.nextChange(for: person, after: instant) ?? Self.hour * 100
          #expect(inCase > instant && forPerson > instant)
          func verdict(_ at: Int64) -> AccessVerdict {
            may(person, .read, reference, at: at, in: tenant.state)
          }
          let now = verdict(instant)
          #expect(
            verdict(inCase - 1) == now && verdict(instant + (inCase - instant) / 2) == now, "seed \(seed)")
          #expect(verdict(forPerson - 1) == now, "seed \(seed) \(person.low) \(reference)")
          if verdict(inCase) != now { changes += 1 }
        }
      }
    }
    #expect(changes > 100, "\(changes)")
  }

  /// Whoever may read a record has a scope that contains it, at every instant.
  @Test(arguments: 2_000..<2_030)
  func scopesContainAllThatMayBeReadAtEveryInstant(_ seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    var tenant = RandomCasework(using: &random)
    for _ in 0..<40 {
      let draft = tenant.draft(using: &random)
      if draft.isNew { tenant.write(draft, by: random.pick(tenant.persons)) }
    }
    for _ in 0..<15 {
      let instant = tenant.instant(using: &random)
      for person in tenant.persons {
        let own = Set(tenant.state.scopes(of: person, at: instant))
        for _ in 0..<12 {
          let reference = tenant.reference(using: &random)
          guard may(person, .read, reference, at: instant, in: tenant.state).isAllowed else { continue }
          #expect(!own.isDisjoint(with: scopes(containing: reference)), "\(person.low) \(reference)")
          if let caseID = reference.caseID, !own.contains(.milestones), tenant.cases.contains(caseID) {
            #expect(tenant.state.involvedPersons(in: caseID).contains(person))
          }
        }
      }
    }
  }

  @Test func breakGlassLastsFourHoursAndReads() throws {
    var world = World()
    world.now = 10 * Self.hour
    let id = Identifier(9_300)
    world.write(CaseWork.breakGlass(id: id, in: World.caseID, reason: "nobody answers"), by: World.opener)
    let note = RecordReference(
      id: World.record, kind: .note, caseID: World.caseID, creator: World.member, about: [World.child],
      informationType: .health, receivedAt: 0)
    func verdict(_ at: Int64, _ action: Action = .read, _ person: Identifier = World.opener) -> AccessRule {
      may(person, action, note, at: at, in: world.state).rule
    }
    #expect(verdict(10 * Self.hour - 1) == .noParticipation)
    #expect(verdict(10 * Self.hour) == .breakGlass)
    #expect(verdict(14 * Self.hour - 1) == .breakGlass)
    #expect(verdict(14 * Self.hour) == .noParticipation)
    #expect(verdict(11 * Self.hour, .write([])) == .noParticipation)
    #expect(verdict(11 * Self.hour, .read, World.stranger) == .noAccount)
    #expect(world.state.nextChange(for: World.opener, after: 10 * Self.hour) == 14 * Self.hour)
    #expect(world.state.scopes(of: World.opener, at: 11 * Self.hour).contains(.caseFile(World.caseID)))
    #expect(!world.state.scopes(of: World.opener, at: 14 * Self.hour).contains(.caseFile(World.caseID)))
    let record = try #require(world.ledger[id])
    world.write(try #require(CaseWork.end(governing: record)))
    #expect(verdict(11 * Self.hour) == .noParticipation)
  }

  /// A pending break-glass opens nothing: it begins where the server receives it.
  @Test func breakGlassNeedsTheServer() {
    var ledger = Ledger()
    var state = World().state
    let id = Identifier(9_300)
    ledger.write(CaseWork.breakGlass(id: id, in: World.caseID, reason: "offline"), by: World.opener)
    if let record = ledger[id] { state.update(with: record) }
    let note = RecordReference(
      id: World.record, kind: .note, caseID: World.caseID, creator: nil, about: [World.child],
      informationType: .health, receivedAt: 0)
    #expect(!may(World.opener, .read, note, at: 1_000, in: state).isAllowed)
  }

  @Test func theCoordinatorAndTheLeadersAreTold() {
    var world = World()
    func told() -> Set<Identifier> {
      world.state.toldOfBreakGlass(by: World.opener, in: World.caseID, at: 0)
    }
    world.setRole(.leader, of: World.stranger)
    #expect(told() == [World.stranger], "nobody else is there to be told")
    world.setRole(.familyCoordinator, of: World.subject)
    world.add(World.subjectRecord, World.subject, .familyCoordinator)
    #expect(told() == [World.subject])
    world.add(Identifier(9_301), World.stranger, .leader)
    #expect(told() == [World.subject, World.stranger])
    world.add(Identifier(9_302), World.opener, .leader)
    #expect(told() == [World.subject, World.stranger])
  }

  @Test func participationsHavePeriods() {
    var world = World()
    world.setRole(.coreTeam, of: World.subject)
    world.write(
      CaseWork.participant(
        id: World.subjectRecord, in: World.caseID, person: World.subject, role: .coreTeam, from: 10, until: 20
      ))
    let parts = [9, 10, 19, 20].map { world.state.takesPart(World.subject, in: World.caseID, at: $0) }
    #expect(parts == [false, true, true, false])
    #expect(world.state.nextChange(in: World.caseID, after: 10) == 20)
    #expect(world.state.nextChange(in: World.caseID, after: 20) == nil)
  }

  /// Instants out of records are any number there is, and none traps.
  @Test func instantsDoNotOverflow() {
    var world = World()
    world.setRole(.involvedProfessional, of: World.other)
    world.add(Identifier(9_303), World.other, .involvedProfessional, organisation: World.organisation)
    world.now = .max - 1
    world.write(
      CaseWork.breakGlass(id: Identifier(9_304), in: World.caseID, reason: "late"), by: World.opener)
    world.write(
      CaseWork.legalBasis(
        id: Identifier(9_305), code: "x", roles: [.leader], types: [.health], daysMax: .max))
    var disclosure = World.disclosure()
    disclosure.startsAt = .min
    disclosure.endsAt = .max
    world.write(
      CaseWork.ground(id: Identifier(9_306), in: World.caseID, basis: Identifier(9_305), disclosure))
    for instant in [Int64.min, 0, .max] {
      _ = world.state.nextChange(in: World.caseID, after: instant)
      for person in [World.other, World.opener] {
        let note = RecordReference(
          id: World.record, kind: .note, caseID: World.caseID, creator: nil, about: [World.child],
          informationType: .health, receivedAt: instant)
        _ = may(person, .read, note, at: instant, in: world.state)
      }
    }
  }
}
