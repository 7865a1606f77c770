import CRDT
import CaseModel
import Foundation
import GRDB
import Replication
import Testing
import WireProtocol

@testable import Storage

/// Taking in what a bundle delivers: it adds, and sets nothing back.
@Suite struct ReplicaBundleTests {
  private let record = Identifier(high: 0x4000, low: 0x8000)

  private func end(_ name: UInt8) throws -> BundleIntake.End {
    BundleIntake.End(bundle: Digest(hashing: [name]), membership: try karin())
  }

  private func take(
    _ fixture: ReplicaFixture, states: [RecordSnapshot] = [], changes: [DeliveredChange] = [],
    cursor: [UInt8]? = nil, end: BundleIntake.End? = nil
  ) throws -> ReplicaStore.Outcome {
    let delivery = ReceivedDelivery(
      number: 1, enters: states.map { ReceivedDelivery.Enter(generation: 1, snapshot: $0) },
      changes: changes, cursor: cursor, caughtUp: end != nil)
    return try fixture.store.carryOut(BundleIntake.Write.delivery(delivery, end: end), at: 0)
  }

  private func version(_ fixture: ReplicaFixture) throws -> VersionVector? {
    try fixture.store.record(record)?.state.version
  }

  @Test func aStateThatIsNoNewerIsPassedOver() throws {
    let fixture = try ReplicaFixture(seed: 1)
    _ = fixture.writeElsewhere(record)
    let older = try #require(fixture.server.records[record])
    _ = fixture.writeElsewhere(record)
    let newer = try #require(fixture.server.records[record])
    _ = try take(fixture, states: [older])
    #expect(try version(fixture) == older.state.version)
    _ = try take(fixture, states: [newer])
    #expect(try version(fixture) == newer.state.version)
    guard case .delivered(let applied) = try take(fixture, states: [older, newer]) else {
      Issue.record("it fits")
      return
    }
    #expect(applied.records.isEmpty)
    #expect(try version(fixture) == newer.state.version)
  }

  @Test func onlyTheEndMovesTheCursorAndSessionsCountOn() throws {
    let fixture = try ReplicaFixture(seed: 2)
    try fixture.store.updateMeta {
      $0.deliveries = 41
      $0.cursor = [1]
    }
    let change = fixture.writeElsewhere(record)
    let state = try #require(fixture.server.records[record])
    _ = try take(fixture, states: [state], changes: [change])
    #expect(try fixture.store.meta().cursor == [1] && fixture.store.meta().lastBundle == nil)
    _ = try take(fixture, cursor: [2], end: end(1))
    try fixture.reopen()
    let meta = try fixture.store.meta()
    #expect(meta.cursor == [2] && meta.lastBundle == Digest(hashing: [1]) && meta.deliveries == 41)
    #expect(meta.personName == "Karin" && meta.role == .familyCoordinator)
  }

  @Test func whatDoesNotFitIsLeftOutWholeAndAskedForAgain() throws {
    let fixture = try ReplicaFixture(seed: 3)
    _ = fixture.writeElsewhere(record)
    let first = try #require(fixture.server.records[record])
    _ = try take(fixture, states: [first])
    _ = fixture.writeElsewhere(record)
    let gap = fixture.writeElsewhere(record)
    for isUnknown in [false, true] {
      try fixture.store.updateMeta { $0.cursor = [1] }
      let stranger = Identifier(high: 9, low: 9)
      let change = isUnknown ? fixture.writeElsewhere(stranger) : gap
      guard case .didNotFit = try take(fixture, changes: [change], cursor: [2], end: end(1)) else {
        Issue.record("it does not fit")
        continue
      }
      #expect(try fixture.store.meta().cursor == nil && fixture.store.meta().lastBundle == nil)
      #expect(try version(fixture) == first.state.version)
    }
  }

  /// The own change was judged in a session that broke off; the state is from before it, and has another's.
  @Test func twoStatesOfWhichNeitherIsNewerAreLeftToTheNextExchange() throws {
    let fixture = try ReplicaFixture(seed: 4)
    _ = fixture.writeElsewhere(record)
    let first = try #require(fixture.server.records[record])
    _ = try take(fixture, states: [first])
    let written = try fixture.write([
      [fixture.draft(record, isNew: false, operations: [fixture.operation()])]
    ])
    let seal = Seal(epoch: fixture.server.tenant.epoch, sealedPosition: 1, mac: record)
    _ = try fixture.store.apply(
      verdicts: [EntryVerdict(entry: written[0].entry.number, refusal: nil, receivedAt: 1, seals: [seal])])
    let own = try #require(try version(fixture))
    _ = fixture.writeElsewhere(record)
    let theirs = try #require(fixture.server.records[record])
    guard case .didNotFit = try take(fixture, states: [theirs], cursor: [2], end: end(1)) else {
      Issue.record("neither is newer")
      return
    }
    #expect(try version(fixture) == own && fixture.store.meta().cursor == nil)
  }
}
