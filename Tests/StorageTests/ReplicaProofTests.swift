import CRDT
import Testing

@testable import Replication
@testable import Storage

/// What a replica gave back to a server that was set back is compared again, until something shows that the
/// server has it.
@Suite struct ReplicaProofTests {
  /// Takes in a delivery that brings nothing.
  private func deliver(_ number: UInt64, cursor: [UInt8]?, caughtUp: Bool, _ fixture: ReplicaFixture) throws {
    _ = try fixture.store.apply(
      delivery: ReceivedDelivery(number: number, enters: [], changes: [], cursor: cursor, caughtUp: caughtUp))
  }

  @Test func itIsProvedByTheCursorBehindAllThatWaited() throws {
    let fixture = try ReplicaFixture(seed: 61)
    try fixture.succeed(in: fixture.random.identifier())
    #expect(try fixture.store.meta().isUnproved)
    // What an unconfirmed device is sent, and what begins a delivery in several parts.
    try deliver(1, cursor: nil, caughtUp: true, fixture)
    try deliver(2, cursor: [1], caughtUp: false, fixture)
    #expect(try fixture.store.meta().isUnproved)
    try fixture.reopen()
    #expect(try fixture.store.meta().isUnproved)
    try deliver(3, cursor: [2], caughtUp: true, fixture)
    #expect(try !fixture.store.meta().isUnproved)
    try fixture.reopen()
    #expect(try !fixture.store.meta().isUnproved)
  }

  @Test func inTheSameEpochNothingIsToBeProved() throws {
    let fixture = try ReplicaFixture(seed: 62)
    try fixture.succeed()
    #expect(try !fixture.store.meta().isUnproved)
  }

  /// What the server was given back in a later session is not proved by what came before.
  @Test func whatIsGivenBackLaterIsToBeProvedToo() throws {
    let fixture = try ReplicaFixture(seed: 64)
    let epoch = fixture.random.identifier()
    try fixture.succeed(in: epoch)
    try deliver(1, cursor: [1], caughtUp: true, fixture)
    #expect(try !fixture.store.meta().isUnproved)
    var counts = Healed.Counts()
    counts.returned = 1
    let later = Healed(
      succession: nil, epoch: epoch, accepted: [:], stamps: [:], judged: [:], branches: Branches(),
      unproved: Branches(), branched: [], originals: [:], isWhole: true, counts: counts)
    try fixture.store.heal(later, at: 9)
    #expect(try fixture.store.meta().isUnproved)
    try deliver(2, cursor: [2], caughtUp: true, fixture)
    #expect(try !fixture.store.meta().isUnproved)
  }

  /// A comparison once more, that finds nothing, does not put itself in the place of what was told.
  @Test func aComparisonThatFindsNothingIsNoNews() throws {
    let fixture = try ReplicaFixture(seed: 63)
    let epoch = fixture.random.identifier()
    try fixture.succeed(in: epoch)
    let again = Healed(
      succession: nil, epoch: epoch, accepted: [:], stamps: [:], judged: [:], branches: Branches(),
      unproved: Branches(), branched: [], originals: [:], isWhole: true, counts: Healed.Counts())
    try fixture.store.heal(again, at: 9)
    let meta = try fixture.store.meta()
    #expect(meta.healedAt == 8 && meta.isUnproved)
  }
}
