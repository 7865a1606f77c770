import Foundation
import Testing

/// What is sent is what may be read at that instant, and what may be read arrives, whatever happens. The
/// short form; the full one is `Deploy/access-test`.
@Suite struct AllowanceTests {
  private static let events = Int(ProcessInfo.processInfo.environment["KOS_ACCESS_EVENTS"] ?? "") ?? 3_000
  private static let first = UInt64(ProcessInfo.processInfo.environment["KOS_ACCESS_SEED"] ?? "") ?? 1
  private static let lifetime = 120

  @Test func whatIsSentMayBeReadAndWhatMayBeReadArrives() throws {
    let towns = try (1...4).map { try Town(seed: $0) }
    var sum = AllowedWorld.Tally()
    var seed = Self.first
    while sum.events < Self.events {
      var world = try AllowedWorld(seed: seed, of: towns)
      try world.live(events: Self.lifetime)
      #expect(world.problems.isEmpty, "seed \(seed): \(world.problems.prefix(3).joined(separator: "; "))")
      sum.add(world.tally)
      seed += 1
    }
    print(
      "allowance: \(sum.events) events, \(sum.accepted) acts accepted, \(sum.instants) times that time "
        + "passed, \(sum.messages) messages looked at, \(sum.looks) devices looked at, \(sum.exits) exits, "
        + "\(sum.rows) rows of what was delivered")
    #expect(sum.accepted > sum.events / 8 && sum.exits > 0 && sum.rows > sum.events)
  }

  /// Seeds that found something. In these a right began while its device was away, and something that
  /// governs afterwards made it look as if it had always been there: the record never came.
  @Test(arguments: [796, 2739, 2921, 3031] as [UInt64]) func whatWasFoundIsMended(seed: UInt64) throws {
    var world = try AllowedWorld(seed: seed, of: (1...4).map { try Town(seed: $0) })
    try world.live(events: Self.lifetime)
    #expect(world.problems.isEmpty)
  }
}

extension AllowedWorld.Tally {
  fileprivate mutating func add(_ other: Self) {
    events += other.events
    accepted += other.accepted
    instants += other.instants
    messages += other.messages
    looks += other.looks
    exits += other.exits
    rows += other.rows
  }
}
