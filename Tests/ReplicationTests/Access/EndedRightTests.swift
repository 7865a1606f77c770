import Foundation
import Testing

/// A right that ends while somebody works offline, and a server that has forgotten that it did. The short
/// form; the full one is `Deploy/access-test`.
@Suite struct EndedRightTests {
  private static let schedules =
    Int(ProcessInfo.processInfo.environment["KOS_ACCESS_SCHEDULES"] ?? "") ?? 40
  private static let first = UInt64(ProcessInfo.processInfo.environment["KOS_ACCESS_SEED"] ?? "") ?? 1

  @Test func whatEndsWhileSomebodyWritesOffline() throws {
    var sum = EndedRightWorld.Tally()
    for seed in Self.first..<Self.first + UInt64(Self.schedules) {
      let world = try EndedRightWorld(seed: seed)
      try world.live()
      try world.settle()
      world.look()
      #expect(
        world.problems.isEmpty,
        "seed \(seed), \(world.ending): \(world.problems.prefix(4).joined(separator: "; "))")
      sum.add(world.tally)
    }
    print(
      "ended rights: \(sum.schedules) schedules, \(sum.writes) writes, \(sum.accepted) accepted, "
        + "\(sum.refused) refused")
    #expect(sum.accepted > 0 && sum.refused > 0)
  }

  /// Without its ledger a server gives nothing back. With it, it knows what was to be wiped, and not that
  /// the right ended: who connects before a device gives that back is sent again what he could read. Once
  /// the ledger keeps it, `cameBack` is 0, and `Deploy/THREAT_MODEL.md` is to say so.
  @Test(arguments: [true, false]) func whatARestoredServerForgot(withLedger: Bool) throws {
    var sum = EndedRightWorld.Tally()
    for seed in Self.first..<Self.first + UInt64(Self.schedules / 2) {
      let world = try EndedRightWorld(seed: seed)
      let copy = world.copy()
      try world.live()
      try world.settle()
      try world.restore(copy, withLedger: withLedger)
      try world.reconnect()
      try world.endRecovery()
      try world.settle()
      world.lookAfterRestore()
      #expect(
        world.problems.isEmpty,
        "seed \(seed), \(world.ending): \(world.problems.prefix(4).joined(separator: "; "))")
      sum.add(world.tally)
    }
    print("restored \(withLedger ? "with" : "without") ledger: \(sum.schedules), \(sum.cameBack) came back")
    #expect(withLedger ? sum.cameBack > 0 : sum.cameBack == 0)
  }
}
