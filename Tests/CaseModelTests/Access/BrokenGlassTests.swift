import CRDT
import CaseModel
import Testing

/// Who is told of a break-glass without asking, and for how long.
@Suite struct BrokenGlassTests {
  private typealias World = PolicyWorld
  private static let coordinator = Identifier(70)
  private static let otherLeader = Identifier(71)
  private static let start: Int64 = 1_000
  private static let glass = Identifier(9_500)

  private func world(receivedAt now: Int64 = start) -> World {
    var world = World()
    world.now = now
    world.write(
      CaseWork.breakGlass(id: Self.glass, in: World.caseID, reason: "nobody answers"), by: World.opener)
    return world
  }

  private func told(
    _ world: World, _ person: Identifier, as role: Role, at instant: Int64 = start
  ) -> [BrokenGlass] {
    CaseStock(records: world.ledger.all).brokenGlasses(
      toTell: person, as: role, over: world.ledger.all, at: instant)
  }

  @Test func theCoordinatorIsToldWhoReadsWhatAndWhy() throws {
    var world = world()
    world.add(Identifier(310), Self.coordinator, .familyCoordinator)
    let told = told(world, Self.coordinator, as: .familyCoordinator)
    #expect(
      told == [
        BrokenGlass(
          record: Self.glass, caseID: World.caseID, person: World.opener, reason: "nobody answers",
          startsAt: Self.start, endsAt: Self.start + CaseWork.breakGlassLength, standing: .inForce)
      ])
    // Neither who broke it, nor staff, nor a leader who takes no part while there is a coordinator.
    #expect(self.told(world, World.opener, as: .leader).isEmpty)
    #expect(self.told(world, World.member, as: .coreTeam).isEmpty)
    #expect(self.told(world, Self.otherLeader, as: .leader).isEmpty)
  }

  @Test func anotherLeaderIsToldWhereThereIsNobodyElse() {
    #expect(told(world(), Self.otherLeader, as: .leader).map(\.record) == [Self.glass])
  }

  @Test func itIsToldForSomeDaysAndNoLonger() throws {
    var world = world()
    world.add(Identifier(310), Self.coordinator, .familyCoordinator)
    func standing(at instant: Int64) -> [GrantStanding] {
      told(world, Self.coordinator, as: .familyCoordinator, at: instant).map(\.standing)
    }
    #expect(standing(at: Self.start + CaseWork.breakGlassLength) == [.expired])
    #expect(standing(at: Self.start + BrokenGlass.toldFor - 1) == [.expired])
    #expect(standing(at: Self.start + BrokenGlass.toldFor).isEmpty)
    // Whoever asks is told for ever.
    let stock = CaseStock(records: world.ledger.all)
    #expect(stock.brokenGlasses(at: .max).map(\.standing) == [.expired])
    let record = try #require(world.ledger[Self.glass])
    let end = try #require(CaseWork.end(governing: record))
    world.write(end, by: World.opener)
    #expect(standing(at: Self.start + 1) == [.ended])
  }
}
