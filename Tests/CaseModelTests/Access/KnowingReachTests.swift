import CRDT
import CaseModel
import Testing

/// Who is told who was sent a record.
@Suite struct KnowingReachTests {
  private typealias World = PolicyWorld

  private static let coordinator = Identifier(70)
  private static let officer = Identifier(71)
  private static let note = RecordReference(
    id: World.record, kind: .note, caseID: World.caseID, creator: World.member, about: [World.child],
    informationType: .health, receivedAt: 0)

  private func world() -> World {
    var world = World()
    world.setRole(.familyCoordinator, of: Self.coordinator)
    world.setRole(.dataProtectionOfficer, of: Self.officer)
    world.add(Identifier(310), Self.coordinator, .familyCoordinator)
    world.allocate(to: Self.coordinator)
    return world
  }

  private func reach(_ person: Identifier, _ world: World) -> KnowingReach? {
    world.state.reach(of: person, intoKnowingOf: Self.note, at: 0)
  }

  @Test func whoCoordinatesLeadersAndTheOfficerAreToldAll() {
    let world = world()
    for person in [Self.coordinator, World.opener, Self.officer] {
      #expect(reach(person, world) == .whole, "\(person)")
    }
  }

  @Test func whoTakesPartOrStandsOutsideIsToldNothing() {
    let world = world()
    for person in [World.member, World.reporter, World.stranger, Identifier(999)] {
      #expect(reach(person, world) == nil, "\(person)")
    }
  }

  @Test func fromWhomItIsWithheldIsToldNothingOfIt() {
    var world = world()
    world.write(
      CaseWork.withhold(
        id: Identifier(501), in: World.caseID, from: Self.coordinator, records: [World.record]))
    world.write(
      CaseWork.withhold(id: Identifier(502), in: World.caseID, from: World.opener, about: [World.child]))
    #expect(reach(Self.coordinator, world) == nil && reach(World.opener, world) == nil)
    #expect(reach(Self.officer, world) == .whole)
  }

  @Test func aParentWhoMayReadItIsToldWithoutTheOthersNames() {
    var world = world()
    let mother = Identifier(72)
    world.setRole(.parent, of: mother)
    world.add(Identifier(311), mother, .parent)
    #expect(reach(mother, world) == nil)
    world.write(
      CaseWork.release(
        id: Identifier(503), in: World.caseID, to: mother, records: [World.record], about: [World.child]))
    #expect(reach(mother, world) == .withoutAgents)
  }
}
