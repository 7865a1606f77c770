import CRDT
import Replication
import Testing
import WireProtocol

@testable import Storage

/// What a server's store gives to whoever reads all of a log.
@Suite struct StoredLogAuditTests {
  /// Reads all of the log, as the officer's client does.
  private func read(_ fixture: KnowingFixture, page: UInt64 = 100) throws -> (
    rows: [AuditRow], findings: [AuditFinding]
  ) {
    let signed = try #require(try fixture.store.logCheckpoint(of: .delivered)).checkpoint
    var audit = LogAudit(checkpoints: [signed])
    var (rows, findings): ([AuditRow], [AuditFinding]) = ([], [])
    while audit.size < signed.size {
      let end = min(signed.size, audit.size + page)
      let kept = try fixture.store.logCheckpoints(
        of: .delivered, above: audit.size, through: end, limit: 1_000)
      for one in kept { _ = audit.expect(one.checkpoint) }
      for row in try fixture.store.rowsForAudit(of: .delivered, from: audit.size, to: end) {
        rows.append(row)
        guard let told = row.row else {
          findings.append(.alteredRow(audit.size))
          findings += audit.add(leaf: row.leaf ?? MerkleTree.emptyRoot)
          continue
        }
        findings += audit.add(leaf: told.leafHash(in: .delivered), stored: row.leaf)
      }
    }
    return (rows, findings + audit.finish())
  }

  @Test func allRowsAreToldWithTheirLeaves() throws {
    let fixture = try KnowingFixture()
    for count in [40, 1, 70] {
      try fixture.commit(rows: count)
      try fixture.sign()
    }
    let told = try fixture.told()
    for page in [1, 7, 100, 1_000] as [UInt64] {
      let (rows, findings) = try read(fixture, page: page)
      #expect(findings.isEmpty && rows.map(\.row) == told)
    }
    let sizes = try fixture.store.logCheckpoints(of: .delivered, above: 0, through: 1_000, limit: 9)
      .map(\.checkpoint.size)
    #expect(sizes == [64, 96, 192])
    #expect(
      try fixture.store.logCheckpoints(of: .delivered, above: 64, through: 96, limit: 9).count == 1)
    #expect(try fixture.store.logCheckpoints(of: .delivered, above: 0, through: 1_000, limit: 1).count == 1)
    #expect(try fixture.store.rowsForAudit(of: .delivered, from: 5, to: 5).isEmpty)
  }

  @Test func aRowThatWasEditedOrIsGoneIsNamed() throws {
    let fixture = try KnowingFixture()
    try fixture.commit(rows: 40)
    try fixture.sign()
    for statement in [
      "UPDATE knowing_row SET recorded_at = recorded_at + 1", "UPDATE knowing_row SET leaf = zeroblob(32)",
      "UPDATE knowing_row SET agent = x'00' || substr(agent, 2)",
      "UPDATE knowing_row SET event_digest = zeroblob(32), event = NULL", "DELETE FROM knowing_row",
      "UPDATE knowing_row SET agent = x'00'",
    ] {
      try fixture.alter("CREATE TEMP TABLE saved AS SELECT * FROM knowing_row WHERE log = 1 AND place = 7")
      try fixture.alter("\(statement) WHERE log = 1 AND place = 7")
      let (rows, findings) = try read(fixture)
      #expect(findings.first == .alteredRow(7) && rows.count == 64, "\(statement): \(findings)")
      try fixture.alter("REPLACE INTO knowing_row SELECT * FROM saved")
      try fixture.alter("DROP TABLE saved")
      #expect(try read(fixture).findings.isEmpty, "\(statement)")
    }
    // At the end, and at the beginning.
    try fixture.alter("DELETE FROM knowing_row WHERE log = 1 AND place IN (0, 63)")
    let (rows, _) = try read(fixture)
    let gone = rows.indices.filter { rows[$0].row == nil && rows[$0].leaf == nil }
    #expect(gone == [0, 63])
  }
}
