import CRDT
import FoundationEssentials
import GRDB
import Replication
import Testing
import WireProtocol

@testable import Storage

/// The log of what was delivered as a server keeps it: its rows, what is signed of it, and what is found of
/// one that was edited, removed or put elsewhere.
@Suite struct KnowingLogTests {
  @Test func rowsAreWrittenWithTheirGroupAndNotWithoutIt() throws {
    let fixture = try KnowingFixture()
    struct Cut: Error {}
    fixture.store.beforeCommit = { _ in throw Cut() }
    #expect(throws: Cut.self) { try fixture.commit(rows: 3) }
    fixture.store.beforeCommit = nil
    try fixture.commit(rows: 5)
    let rows = try fixture.told()
    #expect(rows.count == 5 && fixture.store.logs[.delivered]?.size == 5)
    for (index, row) in rows.enumerated() {
      guard case .entry(_, let agent, let event) = row, let who = agent.content, let what = event.content
      else {
        Issue.record("a row does not tell what it says")
        continue
      }
      #expect(try LogAgent(encoded: who).device == ActorID(rawValue: 3))
      let record = fixture.records[index % fixture.records.count]
      #expect(try DeliveredEvent(encoded: what).act == .enter(record: record, generation: 1))
    }
    #expect(fixture.store.verify().isSound)
  }

  @Test func theTreeIsTheSameAfterItWasOpenedAnew() throws {
    let fixture = try KnowingFixture()
    try fixture.commit(rows: 37)
    let root = fixture.store.logs[.delivered]?.frontier.root
    try fixture.base.reopen()
    #expect(fixture.store.logs[.delivered]?.frontier.root == root)
    try fixture.commit(rows: 11)
    let report = fixture.store.verify()
    #expect(report.isSound && report.logRows == 48)
  }

  @Test func eachCheckpointGoesOnFromTheOneBefore() throws {
    let fixture = try KnowingFixture()
    let key = try fixture.key
    var memory = CheckpointMemory(tenant: fixture.store.tenant.id, kind: .delivered)
    for count in [0, 1, 31, 32, 0, 70, 3] {
      if count > 0 { try fixture.commit(rows: count) }
      let signed = try fixture.sign()
      // The size tells no more than how many dozens of rows there are.
      #expect(signed.checkpoint.size.isMultiple(of: ServerStore.checkpointMultiple))
      let proof = try fixture.store.consistencyProof(
        of: .delivered, from: memory.size, to: signed.checkpoint.size)
      try memory.take(signed, proof: proof, key: key)
      if count == 70 { try fixture.base.reopen() }
    }
    #expect(memory.size >= 137)
    #expect(fixture.store.verify().isSound)
  }

  @Test func aRowThatIsEditedIsNamed() throws {
    let fixture = try KnowingFixture()
    try fixture.commit(rows: 40)
    try fixture.sign()
    for column in [
      "recorded_at = recorded_at + 1", "agent = x'00' || substr(agent, 2)",
      "event_digest = zeroblob(32)", "event = substr(event, 1, 33) || x'00' || substr(event, 35)",
      "leaf = zeroblob(32)",
    ] {
      try fixture.alter("CREATE TEMP TABLE saved AS SELECT * FROM knowing_row WHERE log = 1 AND place = 7")
      try fixture.alter("UPDATE knowing_row SET \(column) WHERE log = 1 AND place = 7")
      #expect(fixture.findings().contains(7), "\(column)")
      try fixture.alter("REPLACE INTO knowing_row SELECT * FROM saved")
      try fixture.alter("DROP TABLE saved")
      #expect(fixture.findings().isEmpty, "\(column)")
    }
  }

  @Test func aRowThatIsRemovedIsNamed() throws {
    let fixture = try KnowingFixture()
    try fixture.commit(rows: 40)
    try fixture.sign()
    try fixture.alter("DELETE FROM knowing_row WHERE log = 1 AND place = 7")
    #expect(fixture.findings().contains(7))
    // The rows behind it move up, so that no place is empty: what was signed tells.
    for place in 8..<64 {
      try fixture.alter("UPDATE knowing_row SET place = \(place - 1) WHERE log = 1 AND place = \(place)")
    }
    #expect(!fixture.findings().isEmpty)
  }

  @Test func theEndOfALogThatIsCutOffIsFound() throws {
    let fixture = try KnowingFixture()
    try fixture.commit(rows: 40)
    try fixture.sign()
    try fixture.alter("DELETE FROM knowing_row WHERE log = 1 AND place >= 40")
    #expect(!fixture.findings().isEmpty)
  }

  @Test func rowsThatAreReorderedAreFound() throws {
    let fixture = try KnowingFixture()
    try fixture.commit(rows: 40)
    try fixture.sign()
    // What is sealed opens in its place alone, so whoever reorders knows the keys, or blinds the rows.
    try fixture.alter("UPDATE knowing_row SET event = NULL WHERE log = 1 AND place IN (7, 8)")
    #expect(fixture.findings().isEmpty)
    for (from, to) in [(7, 1_000), (8, 7), (1_000, 8)] {
      try fixture.alter("UPDATE knowing_row SET place = \(to) WHERE log = 1 AND place = \(from)")
    }
    #expect(!fixture.findings().isEmpty)
  }

  /// Rows and tree fit each other, and the checkpoint that was signed before does not fit them.
  @Test func aTreeThatWasMadeAnewIsNotTheOneThatWasSigned() throws {
    let fixture = try KnowingFixture()
    try fixture.commit(rows: 40)
    try fixture.sign()
    try fixture.remakeTree(without: 7)
    #expect(!fixture.findings().isEmpty)
  }

  @Test func aCheckpointThatTheTenantDidNotSignIsFound() throws {
    let fixture = try KnowingFixture()
    try fixture.commit(rows: 4)
    try fixture.sign()
    #expect(fixture.findings().isEmpty)
    try fixture.alter("UPDATE knowing_checkpoint SET signature = zeroblob(64) WHERE log = 1")
    #expect(fixture.findings() == [32])
  }

  @Test func erasingARecordBlindsItsRowsAndLeavesTheTree() throws {
    let fixture = try KnowingFixture()
    try fixture.commit(rows: 40)
    let signed = try fixture.sign()
    let erased = fixture.records[0]
    try fixture.store.destroyKeys(of: [erased], at: 1)
    let blinded = try fixture.told().enumerated().filter { _, row in
      if case .entry(_, let agent, .blinded) = row { agent.content != nil } else { false }
    }.map(\.offset)
    #expect(blinded == (0..<40).filter { $0.isMultiple(of: fixture.records.count) })
    #expect(fixture.findings().isEmpty)
    // Its exit is noted all the same: that somebody had it remains.
    var group = fixture.group()
    group.delivered = [fixture.row(.exit(record: erased, generation: 1))]
    try fixture.store.commit(group)
    let proof = try fixture.store.consistencyProof(
      of: .delivered, from: signed.checkpoint.size, to: fixture.sign().checkpoint.size)
    #expect(proof.first == signed.checkpoint.size && fixture.findings().isEmpty)
  }

  /// What a row says of a record is nowhere to be read without the record's key.
  @Test(arguments: [SealedValue.Format.null, .sealed])
  func whatARowSaysIsSealed(_ format: SealedValue.Format) throws {
    let base = try ServerStoreTests.Fixture(seed: 9, format)
    try base.commit(entries: 4)
    var group = CommitGroup(after: base.store.position, logDigest: base.store.logDigest)
    let record = try #require(base.server.records.keys.min())
    let agent = LogAgent(
      person: Identifier(high: 1, low: 1), account: Identifier(high: 2, low: 2), device: ActorID(rawValue: 3))
    group.delivered = [
      DeliveredRow(
        recordedAt: 1, agent: agent,
        event: DeliveredEvent(act: .historyRead(record: record), rule: "canary-of-a-rule"))
    ]
    group.checkpointAt = 2
    try base.store.commit(group)
    try base.store.close()
    let canary = Data("canary-of-a-rule".utf8)
    for file in ["tenant/tenant.db", "tenant.ledger"] {
      let bytes = try Data(contentsOf: URL(filePath: base.directory.path(file)))
      let isThere = bytes.firstRange(of: canary) != nil
      #expect(isThere == (format == .null), "\(file)")
    }
  }
}
