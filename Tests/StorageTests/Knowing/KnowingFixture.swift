import CRDT
import FoundationEssentials
import GRDB
import Replication
import WireProtocol

@testable import Storage

/// A tenant with rows in its log of what was delivered.
final class KnowingFixture {
  let base: ServerStoreTests.Fixture
  var store: ServerStore { base.store }
  /// The records that rows are about.
  let records: [Identifier]
  private var clock: Int64 = 1_700_000_000_000

  init(seed: UInt64 = 1) throws {
    base = try ServerStoreTests.Fixture(seed: seed)
    try base.commit(entries: 20)
    records = base.server.records.keys.sorted()
  }

  var key: VerifyingKey { get throws { try VerifyingKey(bytes: store.tenant.signingKey.publicKey) } }

  func row(_ act: DeliveredAct) -> DeliveredRow {
    clock += 1
    let agent = LogAgent(
      person: Identifier(high: 1, low: 1), account: Identifier(high: 2, low: 2), device: ActorID(rawValue: 3))
    return DeliveredRow(
      recordedAt: clock, agent: agent,
      event: DeliveredEvent(act: act, rule: act.record == nil ? "" : "participant"))
  }

  /// What a device says was shown on it, by the number of its record.
  func opening(_ record: Int) -> OpenedRow {
    clock += 1
    let agent = LogAgent(
      person: Identifier(high: 1, low: 1), account: Identifier(high: 2, low: 2), device: ActorID(rawValue: 3))
    return OpenedRow(
      recordedAt: clock, agent: agent,
      opening: Opening(
        OpenedEvent(record: records[record], openedAt: clock, purpose: "coordination"),
        agentSalt: Identifier(high: 7, low: UInt64(clock)), eventSalt: Identifier(high: 8, low: UInt64(clock))
      ))
  }

  func group() -> CommitGroup { CommitGroup(after: store.position, logDigest: store.logDigest) }

  /// Commits rows, each an enter of the next record.
  func commit(rows count: Int) throws {
    var group = group()
    group.delivered = (0..<count).map { index in
      row(.enter(record: records[index % records.count], generation: 1))
    }
    try store.commit(group)
  }

  /// Signs, and gives what was signed.
  @discardableResult
  func sign() throws -> SignedCheckpoint {
    clock += 60_000
    try store.signLogs(at: clock)
    guard let signed = try store.logCheckpoint(of: .delivered) else { throw StorageError(.inconsistent) }
    return signed
  }

  /// Changes rows behind the store's back.
  func alter(_ sql: String) throws {
    try store.database.write { db in try db.execute(sql: sql) }
  }

  /// Where something was found.
  func findings() -> [UInt64?] {
    store.verify().findings.filter { $0.fault == .knowing }.map(\.row)
  }

  /// The rows as the store tells them.
  func told() throws -> [LogRow] {
    let store = store
    return try store.database.read { db in
      try db.all("SELECT place, \(KeptLogRow.columns) FROM knowing_row WHERE log = 1 ORDER BY place", []) {
        (try $0.unsigned(0), try KeptLogRow($0, from: 1))
      }.map { place, kept in
        try kept.opened(.delivered, at: place, with: store.keys)
      }
    }
  }

  /// Takes a row out and makes the tree anew over the others, whose sealed parts are dropped since they open
  /// in their own places alone.
  func remakeTree(without removed: Int) throws {
    let id = store.logs[.delivered]?.id
    try store.database.write { db in
      let query = "SELECT \(KeptLogRow.columns) FROM knowing_row WHERE log = 1 ORDER BY place"
      let rows = try db.all(query, []) { try KeptLogRow($0, from: 0) }
      for table in ["knowing_row", "knowing_node"] {
        try db.execute(sql: "DELETE FROM \(table) WHERE log = 1")
      }
      try db.execute(sql: "DELETE FROM knowing_log WHERE id = 1")
      var log = try KnowingLog.begin(.delivered, named: Identifier(high: 0, low: 0), db)
      for (place, row) in rows.enumerated() where place != removed {
        if case .entry(let recordedAt, let agent, let record, let key, _, let digest) = row {
          let blinded = KeptLogRow.entry(
            recordedAt: recordedAt, agent: agent, record: record, key: key, event: nil,
            eventDigest: digest)
          try log.append(blinded, db)
        } else {
          try log.append(row, db)
        }
      }
      for table in ["knowing_row", "knowing_node"] {
        try db.execute(sql: "UPDATE \(table) SET log = 1 WHERE log = \(log.row)")
      }
      try db.execute(
        sql: "UPDATE knowing_log SET id = 1, wire = ?, ledgered = 64 WHERE id = \(log.row)",
        arguments: [Data(id?.bytes ?? [])])
    }
  }

  /// The same, and lets go of all checkpoints, so that nothing in the database contradicts it once it is
  /// signed.
  func makeAnew(without removed: Int) throws {
    try remakeTree(without: removed)
    try alter("DELETE FROM knowing_checkpoint WHERE log = 1")
  }
}
