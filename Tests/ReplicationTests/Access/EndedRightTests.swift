import CaseModel
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

  /// Whoever connects first, before a device gives anything back, is shown nothing that had ended: with its
  /// ledger a server knows that it had, and without one it delivers nothing.
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
    #expect(sum.cameBack == 0)
  }

  /// The test above can fail: without one kind of records what these had ended is shown again.
  @Test(arguments: [
    (RecordKind.participant, EndedRightWorld.Ending.participationEnded),
    (.consent, .consentWithdrawn), (.withholding, .caseWithheld),
  ])
  func whatALedgerForgotComesBack(kind: RecordKind, ending: EndedRightWorld.Ending) throws {
    var cameBack = 0
    for seed in 1...40 as ClosedRange<UInt64> {
      let world = try EndedRightWorld(seed: seed)
      guard world.ending == ending else { continue }
      let copy = world.copy()
      try world.live()
      try world.settle()
      try world.restore(copy, withLedger: true, besides: [kind])
      try world.reconnect()
      cameBack += world.tally.cameBack
    }
    #expect(cameBack > 0)
  }
}
