public import CRDT
import CaseModel
import GRDB
public import Replication
import WireProtocol

/// What waits for persons' decisions, what they decided, and what devices knew when they wrote.
extension ServerStore {
  public func quarantinedChanges(_ name: QuarantineName) throws -> [OfferedChange]? {
    guard let row = actors[name.actor] else { return nil }
    let found: [OfferedChange] = try StorageError.translating {
      try database.inDatabase { try changes(of: name, row: row, $0) }
    }
    return found.isEmpty ? nil : found
  }

  private func changes(of name: QuarantineName, row: Int64, _ db: Database) throws -> [OfferedChange] {
    try db.all(
      """
      SELECT \(QuarantinedChangeRow.columns) FROM quarantined_change q JOIN record r ON r.id = q.record
      WHERE q.actor = ? AND q.entry = ? ORDER BY q.place
      """, [.integer(row), .bits(name.entry)]
    ) { try QuarantinedChangeRow.read($0, keys: keys) }
  }

  public func quarantineDecision(_ name: QuarantineName) throws -> QuarantineDecision? {
    guard let row = actors[name.actor] else { return nil }
    return try StorageError.translating {
      try database.inDatabase { db in
        try db.first(
          "SELECT reason, decided_at FROM quarantine WHERE actor = ? AND entry = ? AND decided_at NOT NULL",
          [.integer(row), .bits(name.entry)]
        ) { row in
          let outcome: QuarantineDecision.Outcome
          if let reason = row.optionalInteger(0) {
            outcome = .refused(UInt32(exactly: reason).flatMap(QuarantineReason.init) ?? .other)
          } else {
            outcome = .accepted
          }
          return QuarantineDecision(name: name, outcome: outcome, decidedAt: try row.integer(1))
        }
      }
    }
  }

  public func contact(of actor: ActorID) throws -> DeviceContact? {
    guard let row = actors[actor] else { return nil }
    return try StorageError.translating {
      try database.inDatabase { db in
        try db.first("SELECT position, entries, covered FROM contact WHERE actor = ?", [.integer(row)]) {
          DeviceContact(
            actor: actor, position: try $0.unsigned(0), entries: try $0.unsigned(1),
            covered: try $0.unsigned(2))
        }
      }
    }
  }

  func writeQuarantine(
    _ writes: QuarantineWrites, _ records: [Identifier: CachedRecord], _ db: Database
  ) throws {
    for added in writes.added { try write(added, records, db) }
    for decision in writes.decided { try write(decision, db) }
    for contact in writes.contacts {
      try db.run(
        "INSERT OR REPLACE INTO contact (actor, position, entries, covered) VALUES (?, ?, ?, ?)",
        [
          .integer(try actors.row(contact.actor, in: db)), .bits(contact.position), .bits(contact.entries),
          .bits(contact.covered),
        ])
    }
  }

  private func write(
    _ added: QuarantineWrites.Added, _ records: [Identifier: CachedRecord], _ db: Database
  ) throws {
    let entry = added.entry
    let name: [BoundValue] = [.integer(try actors.row(entry.name.actor, in: db)), .bits(entry.name.entry)]
    try db.run(
      "INSERT INTO quarantine (actor, entry, code, received_at) VALUES (?, ?, ?, ?)",
      name + [.integer(Int64(entry.code.rawValue)), .integer(entry.receivedAt)])
    for (place, change) in added.changes.enumerated() {
      let id = change.change.header.record
      guard let record = records[id] else { throw StorageError(.inconsistent, record: id) }
      let seal = try keys.seal(of: id, record.key)
      let content = try seal.seal(
        try change.message.serializedBytes(), at: .quarantinedChange(digest: change.digest.firstWord))
      try db.run(
        """
        INSERT INTO quarantined_change (actor, entry, place, record, digest, content)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        name + [.integer(place), .integer(record.row), .blob(change.digest), .sealed(content)])
    }
  }

  /// What was decided stays, for a device that asks late; the content does not.
  private func write(_ decision: QuarantineDecision, _ db: Database) throws {
    var reason: Int64?
    if case .refused(let why) = decision.outcome { reason = Int64(why.rawValue) }
    let name: [BoundValue] = [
      .integer(try actors.row(decision.name.actor, in: db)), .bits(decision.name.entry),
    ]
    try db.run(
      "UPDATE quarantine SET reason = ?, decided_at = ? WHERE actor = ? AND entry = ?",
      [.integer(reason), .integer(decision.decidedAt)] + name)
    try db.run("DELETE FROM quarantined_change WHERE actor = ? AND entry = ?", name)
  }

  /// What waits for a decision on a record whose key is destroyed is refused: the group that erased it says
  /// so, and where the ledger alone has that, nobody else would, and its author went on waiting.
  func refuseWaiting(in record: Identifier, at now: Int64, _ db: Database) throws {
    try db.run(
      """
      UPDATE quarantine SET reason = ?, decided_at = ? WHERE (actor, entry) IN (
        SELECT q.actor, q.entry FROM quarantined_change q JOIN record r ON r.id = q.record WHERE r.wire = ?)
      """, [.integer(Int64(QuarantineReason.erased.rawValue)), .integer(now), .blob(record)])
    try db.run(
      """
      DELETE FROM quarantined_change WHERE (actor, entry) IN (
        SELECT q.actor, q.entry FROM quarantined_change q JOIN record r ON r.id = q.record WHERE r.wire = ?)
      """, [.blob(record)])
  }

  /// What waits, as the server's machines start from it. What was to enter a record whose key is destroyed is
  /// gone with it.
  func readQuarantine(into directory: inout TenantDirectory, _ db: Database) throws {
    let rows = try db.all(
      "SELECT actor, entry, code, received_at FROM quarantine WHERE decided_at IS NULL", []
    ) { row in
      (
        row: try row.integer(0),
        name: QuarantineName(actor: try actors.key(try row.integer(0)), entry: try row.unsigned(1)),
        code: ErrorCode(rawValue: UInt32(truncatingIfNeeded: try row.integer(2))),
        receivedAt: try row.integer(3)
      )
    }
    for row in rows.sorted(by: { $0.name < $1.name }) {
      guard let device = directory.devices[row.name.actor], let account = directory.accounts[device.account]
      else { throw StorageError(.damaged) }
      guard let changes = try unlessErased({ try changes(of: row.name, row: row.row, db) }) else { continue }
      let known = directory.quarantine
      directory.update(
        try QuarantinedEntry(
          name: row.name, account: account.id, person: account.person, receivedAt: row.receivedAt,
          code: row.code, changes: changes
        ) { try reference(to: $0, db) ?? known.reference(to: $0, by: account.id) })
    }
  }

  private func unlessErased<Value>(_ body: () throws -> Value) throws -> Value? {
    do {
      return try body()
    } catch let error as StorageError where error.code == .erased {
      return nil
    }
  }
}
