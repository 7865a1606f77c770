import CRDT
import GRDB
import Replication
import Testing
import WireProtocol

@testable import Storage

/// What a check of a replica finds.
@Suite struct ReplicaVerificationTests {
  /// A replica with own work, judged and not, and another device's.
  private func fixture() throws -> ReplicaFixture {
    let fixture = try ReplicaFixture(seed: 4)
    let id = fixture.random.identifier()
    for number in 0..<4 {
      let drafts = [
        fixture.draft(
          number == 0 ? id : fixture.random.identifier(), isNew: true, operations: [fixture.operation()])
      ]
      try fixture.write([drafts])
    }
    try fixture.write([[fixture.draft(id, isNew: false, operations: [fixture.operation()])]])
    let elsewhere = fixture.random.identifier()
    _ = fixture.writeElsewhere(elsewhere)
    _ = try fixture.store.apply(delivery: fixture.delivery(enters: [try fixture.enter(elsewhere)]))
    return fixture
  }

  private func change(_ fixture: ReplicaFixture, _ sql: String) throws {
    try fixture.store.close()
    let database = try DatabaseQueue(path: fixture.home + "/replica.db")
    try database.write { try $0.execute(sql: sql) }
    try database.close()
    fixture.store = try ReplicaStore(home: fixture.home, seal: fixture.seal)
  }

  @Test("A replica as it was written is sound")
  func soundOneIsSound() throws {
    let report = try fixture().store.verify()
    #expect(report.isSound)
    #expect(report.entries == 5 && report.changes == 5 && report.records == 1)
  }

  /// Found by simulation (seed 1092): with nothing written before, nothing said where the journal goes on.
  @Test("A replica that was put back to before its first work and goes on after it is sound")
  func onePutBackToItsBeginningIsSound() throws {
    let lost = try ReplicaFixture(seed: 4)
    let fixture = try ReplicaFixture(seed: 4)
    let id = lost.random.identifier()
    let first = try lost.write([[lost.draft(id, isNew: true, operations: [lost.operation()])]])
    var group = lost.server.newGroup()
    lost.server.judge(first.flatMap(\.entry.changes), of: lost.actor, refusing: nil, into: &group)
    _ = try fixture.store.apply(delivery: fixture.delivery(enters: [try lost.enter(id)]))
    let journal = try #require(first.last?.journal)
    _ = try fixture.store.carryOut(.journal(journal, after: 0))
    try fixture.write([[fixture.draft(id, isNew: false, operations: [fixture.operation()])]])
    #expect(try fixture.store.journal().entries == 2)
    #expect(try fixture.store.verify().isSound)
  }

  /// Of the device that this one was copied from a server can have in its ledger what was pushed last.
  @Test("A change on what was delivered of its own actor is sound")
  func onWhatWasDeliveredOfItsOwnActorIsSound() throws {
    let original = try ReplicaFixture(seed: 4)
    let copy = try ReplicaFixture(seed: 4)
    let id = original.random.identifier()
    let first = try original.write([[original.draft(id, isNew: true, operations: [original.operation()])]])
    var group = original.server.newGroup()
    original.server.judge(first.flatMap(\.entry.changes), of: original.actor, refusing: nil, into: &group)
    _ = try copy.store.apply(delivery: copy.delivery(enters: [try original.enter(id)]))
    try copy.write([[copy.draft(id, isNew: false, operations: [copy.operation()])]])
    #expect(try copy.store.journal().entries == 1)
    #expect(try copy.store.verify().isSound)
    try change(copy, "UPDATE change SET previous = zeroblob(32) WHERE entry = 1")
    #expect(try copy.store.verify().findings.map(\.fault) == [.change])
  }

  @Test(
    "What was changed behind its back is found",
    arguments: [
      ("UPDATE entry SET digest = zeroblob(32) WHERE number = 3", [VerificationReport.Finding.Fault.entry]),
      ("UPDATE change SET digest = zeroblob(32) WHERE entry = 2", [.change]),
      ("UPDATE change SET content = zeroblob(40) WHERE entry = 5", [.rows, .change]),
      ("UPDATE change SET content = substr(content, 1, length(content) - 1) WHERE entry = 5", [.change]),
      ("UPDATE snapshot SET content = zeroblob(60)", [.rows, .snapshot]),
      ("UPDATE snapshot SET content = substr(content, 1, 33)", [.snapshot]),
      ("DELETE FROM snapshot", [.rows]),
    ])
  func changesAreFound(_ sql: String, _ faults: [VerificationReport.Finding.Fault]) throws {
    let fixture = try fixture()
    try change(fixture, sql)
    #expect(try fixture.store.verify().findings.map(\.fault) == faults)
  }
}
