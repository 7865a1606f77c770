import Foundation
import Testing

/// Random points at which servers and devices are set back, restored and cloned. The short form; the full one
/// is `Deploy/heal-test`.
@Suite struct HealingPointTests {
  /// How many points are drawn, and from which seed on.
  private static let points = Int(ProcessInfo.processInfo.environment["KOS_HEAL_POINTS"] ?? "") ?? 60
  private static let first = UInt64(ProcessInfo.processInfo.environment["KOS_HEAL_SEED"] ?? "") ?? 1

  @Test func nothingIsLostAndNothingIsDoubled() throws {
    var sum = HealingWorld.Tally()
    for seed in Self.first..<Self.first + UInt64(Self.points) {
      let world = try HealingWorld(seed: seed)
      try world.live()
      try world.settle()
      let problems = world.problems()
      #expect(problems.isEmpty, "seed \(seed): \(problems.joined(separator: "; "))")
      sum.add(world.tally)
    }
    print("healing: \(Self.points) points, \(sum)")
  }
}
