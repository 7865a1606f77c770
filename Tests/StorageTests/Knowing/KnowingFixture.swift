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
        try kept.opened(.delivered, at: place) { record in
          guard !store.keys.destroyed.contains(record) else { return nil }
          return try store.recordRow(record, db).map { try store.keys.seal(of: record, $0.key) }
        }
      }
    }
  }
}
