import CRDT
import CaseModel
import Testing

/// Who decides on what waits: who coordinates and may read it, else a leader, and nobody on her own work.
@Suite struct QuarantineDecidersTests {
  private typealias World = PolicyWorld

  private static let coordinator = Identifier(70)
  private static let note = RecordReference(
    id: World.record, kind: .note, caseID: World.caseID, creator: World.member, about: [World.child],
    informationType: .health, receivedAt: 0)

  /// A world with a coordinator.
  private func world() -> World {
    var world = World()
    world.setRole(.familyCoordinator, of: Self.coordinator)
    world.add(Identifier(310), Self.coordinator, .familyCoordinator)
    world.allocate(to: Self.coordinator)
    return world
  }

  private func decides(
    _ person: Identifier, _ world: World, _ references: [RecordReference] = [note],
    by author: Identifier = World.member, at instant: Int64 = 0
  ) -> Bool {
    world.state.mayDecide(person, on: references, by: author, waitingSince: 0, at: instant)
  }

  @Test func theCoordinatorDecidesAndNobodyElse() {
    let world = world()
    #expect(decides(Self.coordinator, world))
    for person in [World.opener, World.member, World.reporter, World.stranger] {
      #expect(!decides(person, world, by: Identifier(71)), "\(person)")
    }
    #expect(!decides(Self.coordinator, world, by: Self.coordinator))
    #expect(!decides(Self.coordinator, world, []))
  }

  @Test func whereNobodyCoordinatesALeaderDecides() {
    #expect(decides(World.opener, World()))
    #expect(!decides(World.member, World(), by: Identifier(71)))
    // Nobody else is left to decide on a coordinator's own work.
    #expect(decides(World.opener, world(), by: Self.coordinator))
  }

  @Test func afterThirtyDaysALeaderDecidesToo() {
    let world = world()
    #expect(!decides(World.opener, world, at: GoverningState.quarantinePatience - 1))
    #expect(decides(World.opener, world, at: GoverningState.quarantinePatience))
    #expect(decides(Self.coordinator, world, at: GoverningState.quarantinePatience))
  }

  @Test func whomItIsWithheldFromDecidesNothing() {
    var world = world()
    let record = [World.record]
    world.write(
      CaseWork.withhold(id: Identifier(501), in: World.caseID, from: Self.coordinator, records: record))
    #expect(!decides(Self.coordinator, world) && decides(World.opener, world))
    world.write(
      CaseWork.withhold(id: Identifier(502), in: World.caseID, from: World.opener, about: [World.child]))
    #expect(!decides(World.opener, world, at: GoverningState.quarantinePatience))
  }

  /// All records of an entry, or none.
  @Test func oneRecordOutOfReachIsEnough() {
    let world = world()
    let elsewhere = RecordReference(
      id: Identifier(951), kind: .note, caseID: Identifier(101), creator: World.member,
      about: [World.child], informationType: .health, receivedAt: 0)
    #expect(!decides(Self.coordinator, world, [Self.note, elsewhere]))
  }
}
