import CRDT
import CaseModel
import Testing

/// What is foretold from records is what the policy says of the state that the server holds.
@Suite struct AccessForecastTests {
  typealias World = PolicyWorld

  private func forecast(
    _ world: World, for person: Identifier, adding drafts: [RecordDraft] = [], at instant: Int64 = 10,
    knowing roles: [Identifier: Role] = [:]
  ) -> AccessForecast {
    AccessForecast(
      for: person, knowing: roles, over: world.ledger.all, adding: drafts, by: World.opener, at: instant)
  }

  private func note(_ id: UInt64, _ type: InformationType) -> RecordDraft {
    RecordDraft.new(
      .note, id: Identifier(id), in: World.caseID, about: [World.child], informationType: type)
  }

  /// Of every governed kind, for everybody who takes part, and at instants on both sides of every bound.
  @Test func itIsThePolicysAnswer() {
    var world = GroundTests.world()
    for kind in RecordKind.governing where ![.case, .participant, .custody].contains(kind) {
      if let draft = world.governingDraft(kind, id: World.standing(kind)) { world.write(draft) }
    }
    world.write(GroundTests.consent())
    for draft in [note(950, .health), note(951, .plan), note(952, .social)] { world.write(draft) }
    let roles: [Identifier: Role] = [
      World.opener: .leader, World.member: .coreTeam, World.reporter: .externalReporter,
      World.other: .involvedProfessional,
    ]
    var allowed = 0
    for instant in [0, 4, 5, 999, 1_000, 50 * GroundTests.day, 100 * GroundTests.day] as [Int64] {
      for person in roles.keys {
        let forecast = forecast(world, for: person, at: instant, knowing: roles)
        for record in world.ledger.all {
          let verdict = may(person, .read, record.reference, at: instant, in: world.state)
          #expect(forecast.reading(record) == verdict, "\(person) \(record.kind) at \(instant)")
          if verdict.isAllowed { allowed += 1 }
        }
      }
    }
    #expect(allowed > 50)
  }

  /// Drafts count as if the server had taken them, and change nothing that is held.
  @Test func draftsCountAsAccepted() {
    var world = GroundTests.world()
    for draft in [note(950, .health), note(951, .social)] { world.write(draft) }
    #expect(forecast(world, for: World.other).readable(in: World.caseID).isEmpty)
    let with = forecast(world, for: World.other, adding: [GroundTests.consent()])
    #expect(with.readable(in: World.caseID).map(\.id) == [Identifier(950)])
    let counts = with.counts(in: World.caseID)
    #expect(counts.map(\.type) == [.health, .social, .coordination])
    #expect(counts.map(\.readable) == [1, 0, 0])
    #expect(counts.map(\.held) == [1, 1, 4])
    #expect(forecast(world, for: World.other).readable(in: World.caseID).isEmpty)
    // A second draft may build on the first.
    let consent = CaseRecord(GroundTests.consent(), over: nil, by: World.opener, at: 10)
    let withdrawn = forecast(
      world, for: World.other,
      adding: [GroundTests.consent(), CaseWork.withdraw(consent: consent, by: Identifier(61))])
    #expect(withdrawn.readable(in: World.caseID).isEmpty)
  }

  /// A role that nobody told is the one in which somebody takes part, and never more.
  @Test func anUnknownRoleIsTheLeastThatIsWarranted() {
    var world = World()
    #expect(forecast(world, for: World.member).role == .coreTeam)
    #expect(forecast(world, for: World.stranger).role == nil)
    #expect(forecast(world, for: World.stranger).reading(world.ledger.all[0]).rule == .noAccount)
    world.add(Identifier(9_500), World.member, .analysisTeam)
    #expect(forecast(world, for: World.member).role == .coreTeam)
    world.add(Identifier(9_501), World.stranger, .externalReporter, alias: Identifier(9_502))
    world.add(Identifier(9_503), World.stranger, .involvedProfessional, organisation: World.organisation)
    #expect(forecast(world, for: World.stranger).role == .involvedProfessional)
    #expect(forecast(world, for: World.member, knowing: [World.member: .leader]).role == .leader)
  }

  @Test func whoIsToBeToldOfABreakGlass() {
    var world = World()
    #expect(
      forecast(world, for: World.opener, knowing: [World.opener: .leader]).toldOfBreakGlass(in: World.caseID)
        .isEmpty)
    world.add(Identifier(9_500), Identifier(70), .familyCoordinator)
    let forecast = forecast(world, for: World.opener, knowing: [World.opener: .leader])
    #expect(forecast.toldOfBreakGlass(in: World.caseID) == [Identifier(70)])
  }
}
