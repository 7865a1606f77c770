import CRDT
import CaseModel
import GRDB
import Replication
import Testing
import WireProtocol

@testable import Storage

/// What a device's store lets go of at the server's order, and what it keeps.
@Suite struct ReplicaWatermarkTests {
  private func rows(_ fixture: ReplicaFixture, own: Bool) throws -> Int {
    try fixture.store.reading { db in
      try db.first("SELECT count(*) FROM change WHERE entry \(own ? "NOT NULL" : "IS NULL")") {
        Int(try $0.integer(0))
      } ?? 0
    }
  }

  private func judge(_ number: UInt64, isAccepted: Bool = true, _ fixture: ReplicaFixture) throws {
    let entry = try #require(try fixture.store.pendingEntries(after: number - 1, limit: 1).first)
    var group = fixture.server.newGroup()
    let verdict = fixture.server.judge(
      entry.entry.changes, of: fixture.actor, refusing: isAccepted ? nil : .forbidden, into: &group)
    _ = try fixture.store.apply(verdicts: [verdict])
  }

  /// A store with ten own entries, of which the fourth was refused and the last one waits, and four changes
  /// of another device.
  private func fixture() throws -> (ReplicaFixture, [Identifier]) {
    let fixture = try ReplicaFixture(seed: 3)
    var records: [Identifier] = []
    for index in 0..<10 {
      let id = index.isMultiple(of: 2) ? fixture.random.identifier() : records[0]
      let isNew = index.isMultiple(of: 2)
      if isNew { records.append(id) }
      _ = try fixture.write([[fixture.draft(id, isNew: isNew, operations: [fixture.operation()])]])
    }
    for number in 1...9 { try judge(UInt64(number), isAccepted: number != 4, fixture) }
    for _ in 0..<4 {
      let change = fixture.writeElsewhere(records[0])
      _ = try fixture.store.apply(delivery: fixture.delivery(changes: [change]))
    }
    return (fixture, records)
  }

  @Test func whatBackupsContainGoesAndTheRestStays() throws {
    let (fixture, records) = try fixture()
    let shown = try records.map { try fixture.store.record($0)?.state.version }
    #expect(try rows(fixture, own: true) == 10 && rows(fixture, own: false) == 4)
    try fixture.store.apply(BackupWatermark(number: 5, entries: 6, coversReceived: false))
    // 1, 2, 3, 5 and 6 went; the refused one and what came later are here.
    #expect(try rows(fixture, own: true) == 5 && rows(fixture, own: false) == 4)
    try fixture.store.apply(BackupWatermark(number: 5, entries: 9, coversReceived: true))
    #expect(try rows(fixture, own: true) == 5)
    try fixture.store.apply(BackupWatermark(number: 6, entries: 9, coversReceived: true))
    // The last judged one shows a server that it was set back.
    #expect(try rows(fixture, own: true) == 3 && rows(fixture, own: false) == 0)
    #expect(try fixture.store.refused().count == 1)
    #expect(try fixture.store.pendingEntries(after: 0, limit: 10).count == 1)
    for _ in 0..<2 {
      #expect(try fixture.store.verify().isSound)
      #expect(try records.map { try fixture.store.record($0)?.state.version } == shown)
      #expect(try fixture.store.newestStamped() != nil)
      try fixture.reopen()
    }
  }

  @Test func whatGoesOnBehindWhatIsGoneCanBeGivenBack() throws {
    let (fixture, records) = try fixture()
    try fixture.store.apply(BackupWatermark(number: 1, entries: 8, coversReceived: true))
    try judge(10, fixture)
    _ = try fixture.write([[fixture.draft(records[0], isNew: false, operations: [fixture.operation()])]])
    try judge(11, fixture)
    let actor = try fixture.store.meta().actor
    let last = try #require(try fixture.store.snapshot(of: records[0])?.heads[actor])
    let head = KnownHead(
      record: records[0], change: last.id, digests: [last.digest], stamp: nil)
    let kept = try fixture.store.keptChanges(upTo: head)
    #expect(kept.last?.change.header.id == last.id)
    // The refused one is offered by its digests alone.
    let accepted = kept.filter(\.stamp.isAccepted)
    #expect(!accepted.isEmpty)
    #expect(accepted.allSatisfy { $0.digest == $0.change.digest(after: $0.previous) })
    #expect(try fixture.store.verify().isSound)
  }
}
