import CRDT
import Foundation
import Replication
import Testing
import WireProtocol

@testable import Storage

/// The log of what was delivered and the ledger: a restored database has the rows again that were signed.
@Suite struct KnowingLedgerTests {
  private func copy(_ fixture: KnowingFixture, _ from: String, to: String) throws {
    let path: (String) -> String = { fixture.base.directory.path($0) }
    try? FileManager.default.removeItem(atPath: path(to))
    try FileManager.default.copyItem(atPath: path(from), toPath: path(to))
  }

  /// - Parameter keeping: whether the store is only opened anew.
  private func setBack(_ fixture: KnowingFixture, keeping: Bool = false) throws {
    try fixture.store.close()
    if !keeping { try copy(fixture, "copy", to: "tenant") }
    fixture.base.store = try ServerStore(
      directory: fixture.base.directory.path("tenant"), keys: fixture.base.keys)
  }

  private func keepCopy(_ fixture: KnowingFixture) throws {
    try fixture.store.close()
    try copy(fixture, "tenant", to: "copy")
    fixture.base.store = try ServerStore(
      directory: fixture.base.directory.path("tenant"), keys: fixture.base.keys)
  }

  @Test func aDatabaseThatWasSetBackGoesOnWithTheSameLog() throws {
    let fixture = try KnowingFixture()
    try fixture.commit(rows: 10)
    let early = try fixture.sign()
    try fixture.commit(rows: 3)
    try keepCopy(fixture)
    try fixture.commit(rows: 50)
    let signed = try fixture.sign()
    try setBack(fixture)
    #expect(fixture.store.logs[.delivered]?.size == signed.checkpoint.size)
    #expect(fixture.store.logs[.delivered]?.frontier.root == signed.checkpoint.root)
    #expect(fixture.store.verify().isSound)
    try fixture.commit(rows: 5)
    let later = try fixture.sign()
    var memory = CheckpointMemory(tenant: fixture.store.tenant.id, kind: .delivered, newest: early)
    for next in [signed, later] {
      try memory.take(
        next,
        proof: try fixture.store.consistencyProof(
          of: .delivered, from: memory.size, to: next.checkpoint.size),
        key: try fixture.key)
    }
  }

  /// A record that a restored server gets back is given another key. What was told of it before is opened
  /// with the one that it was sealed under, and erased with both.
  @Test func rowsOfWhatCameBackUnderAnotherKeyAreOpenedAndErased() throws {
    let fixture = try KnowingFixture()
    try keepCopy(fixture)
    var group = fixture.base.server.newGroup()
    for _ in 0..<12 { fixture.base.writer.write(on: &fixture.base.server, into: &group) }
    try fixture.store.commit(group)
    let record = try #require(group.records.keys.filter { !fixture.records.contains($0) }.min())
    var rows = fixture.group()
    rows.delivered = [fixture.row(.enter(record: record, generation: 1))]
    try fixture.store.commit(rows)
    try fixture.sign()
    try setBack(fixture)
    #expect(fixture.store.verify().isSound)
    try fixture.store.commit(group)
    rows.delivered = [fixture.row(.enter(record: record, generation: 2))]
    try fixture.store.commit(rows)
    #expect(fixture.store.verify().isSound)
    func told() throws -> Int {
      try fixture.told().count { if case .entry(_, _, .told) = $0 { true } else { false } }
    }
    #expect(try told() == 2)
    try fixture.store.destroyKeys(of: [record], at: 1)
    try setBack(fixture, keeping: true)
    #expect(try told() == 0)
    #expect(fixture.store.verify().isSound)
  }

  /// The record is nowhere but in a row of the ledger, and comes under another key later.
  @Test func rowsOfACommitThatFailedBehindTheLedgerAreOpened() throws {
    let fixture = try KnowingFixture()
    var group = fixture.base.server.newGroup()
    for _ in 0..<12 { fixture.base.writer.write(on: &fixture.base.server, into: &group) }
    let record = try #require(group.records.keys.filter { !fixture.records.contains($0) }.min())
    var failing = group
    failing.delivered = [fixture.row(.enter(record: record, generation: 1))]
    failing.checkpointAt = 1
    let refusal = CommitRefusal()
    fixture.store.database.add(transactionObserver: refusal)
    #expect(throws: StorageError.self) { try fixture.store.commit(failing) }
    fixture.store.database.remove(transactionObserver: refusal)
    try setBack(fixture, keeping: true)
    try fixture.store.commit(group)
    #expect(fixture.store.verify().isSound)
    #expect(
      try fixture.store.logRows(
        of: .delivered, about: record, since: 0, from: 0, to: 1_000, limit: 9
      ).count == 1)
  }

  /// The process goes on after the commit that failed, and ends before anything else is in the ledger.
  @Test func rowsBehindACommitThatFailedAreNotLostToThose() throws {
    let fixture = try KnowingFixture()
    try fixture.commit(rows: 3)
    var failing = fixture.group()
    failing.delivered = [fixture.row(.historyRead(record: fixture.records[0]))]
    failing.checkpointAt = 1
    let refusal = CommitRefusal()
    fixture.store.database.add(transactionObserver: refusal)
    #expect(throws: StorageError.self) { try fixture.store.commit(failing) }
    fixture.store.database.remove(transactionObserver: refusal)
    try fixture.commit(rows: 2)
    let told = try fixture.told()
    try setBack(fixture, keeping: true)
    #expect(try fixture.told() == told && told.count == 5)
    #expect(fixture.store.verify().isSound)
  }

  /// What the ledger has of a commit that failed takes no place of what came after.
  @Test func rowsOfACommitThatFailedMakeWayForThoseThatCount() throws {
    let fixture = try KnowingFixture()
    try fixture.commit(rows: 4)
    try keepCopy(fixture)
    // The ledger took the entry, and the database did not.
    var failing = fixture.group()
    failing.delivered = [fixture.row(.historyRead(record: fixture.records[0]))]
    failing.checkpointAt = 1
    let (entry, logs) = fixture.store.database.inDatabase { db in
      var entry: Ledger.Prepared?
      let logs = fixture.store.logs
      try? db.transaction(.immediate) {
        try fixture.store.writeKnowing(failing, db)
        entry = try fixture.store.prepareLedger(failing, [:], db)
        throw StorageError(.diskFull)
      }
      return (entry, logs)
    }
    fixture.store.logs = logs
    try fixture.store.ledger.append(try #require(entry))
    try fixture.commit(rows: 7)
    let signed = try fixture.sign()
    #expect(fixture.store.verify().isSound)
    try setBack(fixture)
    #expect(fixture.store.logs[.delivered]?.frontier.root == signed.checkpoint.root)
    #expect(fixture.store.verify().isSound)
  }

  @Test func rowsGoWithTheNextEntryAndMakeNone() throws {
    let fixture = try KnowingFixture()
    let path = fixture.base.directory.path("tenant.ledger")
    try fixture.commit(rows: 2)
    #expect(try LedgerFile.read(path).head.number == 0)
    var group = fixture.group()
    group.ledger = [.confirmed(ActorID(rawValue: 9))]
    try fixture.store.commit(group)
    var events: [LedgerEvent] = []
    _ = try LedgerFile.read(path) { entry, _ in events += entry.events }
    guard events.count == 2, case .logRows(let rows) = events[1] else {
      Issue.record("the rows are not in the entry")
      return
    }
    #expect(rows.first == 0 && rows.rows.count == 2 && rows.kind == .delivered)
    // What was signed and not gone on from needs no other entry.
    try fixture.sign()
    try fixture.sign()
    #expect(try LedgerFile.read(path).head.number == 2)
  }

  @Test func withoutItsLedgerALogBeginsAnewUnderAnotherName() throws {
    let fixture = try KnowingFixture()
    try fixture.commit(rows: 2)
    let before = try fixture.sign()
    try fixture.store.close()
    try FileManager.default.removeItem(atPath: fixture.base.directory.path("tenant.ledger"))
    fixture.base.store = try ServerStore(
      directory: fixture.base.directory.path("tenant"), keys: fixture.base.keys)
    #expect(fixture.store.isInRecovery)
    try fixture.commit(rows: 40)
    let after = try fixture.sign()
    var memory = CheckpointMemory(tenant: fixture.store.tenant.id, kind: .delivered, newest: before)
    #expect(throws: LogFinding.replaced) {
      try memory.take(after, proof: nil, key: try fixture.key)
    }
    #expect(fixture.store.verify().isSound)
    // The log that began is in the new ledger: a copy from before the loss goes on with it.
    try fixture.base.reopen()
    #expect(fixture.store.logs[.delivered]?.id == after.checkpoint.log)
  }

  /// Rows, tree and checkpoints fit each other: whoever has the tenant's key made all of them anew.
  @Test func aDatabaseThatWasAlteredAndSignedAnewIsNotWhatTheLedgerHas() throws {
    let fixture = try KnowingFixture()
    let ledger = fixture.base.directory.path("tenant.ledger")
    try fixture.commit(rows: 40)
    try fixture.sign()
    func found() throws -> [UInt64?] {
      let reader = try fixture.store.openReader()
      defer { try? reader.close() }
      return try reader.verify(ledger: ledger).findings.map(\.row)
    }
    #expect(try found().isEmpty)
    try fixture.makeAnew(without: 7)
    try fixture.base.reopen()
    try fixture.sign()
    #expect(fixture.store.verify().isSound)
    #expect(try found().first == 7)
  }
}
