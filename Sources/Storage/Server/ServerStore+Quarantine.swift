public import CRDT
import CaseModel
import GRDB
public import Replication
import WireProtocol

/// What waits for persons' decisions, what they decided, and what devices knew when they wrote.
extension ServerStore {
  public func quarantinedChanges(_ name: QuarantineName) throws -> [OfferedChange]? {
    guard let row = actors[name.actor] else { return nil }
    return try StorageError.translating {
      try database.inDatabase { db in
        try db.first(
          "SELECT content FROM quarantine WHERE actor = ? AND entry = ? AND content NOT NULL",
          [.integer(row), .bits(name.entry)]
        ) { try Self.changes(of: try $0.blob(0)) }
      }
    }
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

  func writeQuarantine(_ writes: QuarantineWrites, _ db: Database) throws {
    for added in writes.added { try write(added, db) }
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

  private func write(_ added: QuarantineWrites.Added, _ db: Database) throws {
    let entry = added.entry
    let content: [UInt8] = try WireOffer.with { $0.changes = added.changes.map(\.message) }.serializedBytes()
    try db.run(
      "INSERT INTO quarantine (actor, entry, code, received_at, content) VALUES (?, ?, ?, ?, ?)",
      [
        .integer(try actors.row(entry.name.actor, in: db)), .bits(entry.name.entry),
        .integer(Int64(entry.code.rawValue)), .integer(entry.receivedAt), .blob(content),
      ])
  }

  /// What was decided stays, for a device that asks late; the content does not.
  private func write(_ decision: QuarantineDecision, _ db: Database) throws {
    var reason: Int64?
    if case .refused(let why) = decision.outcome { reason = Int64(why.rawValue) }
    try db.run(
      "UPDATE quarantine SET content = NULL, reason = ?, decided_at = ? WHERE actor = ? AND entry = ?",
      [
        .integer(reason), .integer(decision.decidedAt),
        .integer(try actors.row(decision.name.actor, in: db)), .bits(decision.name.entry),
      ])
  }

  /// What waits, as the server's machines start from it.
  func readQuarantine(into directory: inout TenantDirectory, _ db: Database) throws {
    let rows = try db.all(
      "SELECT actor, entry, code, received_at, content FROM quarantine WHERE content NOT NULL", []
    ) { row in
      (
        name: QuarantineName(actor: try actors.key(try row.integer(0)), entry: try row.unsigned(1)),
        code: ErrorCode(rawValue: UInt32(truncatingIfNeeded: try row.integer(2))),
        receivedAt: try row.integer(3), changes: try Self.changes(of: try row.blob(4))
      )
    }
    for row in rows.sorted(by: { $0.name < $1.name }) {
      guard let device = directory.devices[row.name.actor], let account = directory.accounts[device.account]
      else { throw StorageError(.damaged) }
      let known = directory.quarantine
      directory.update(
        try QuarantinedEntry(
          name: row.name, account: account.id, person: account.person, receivedAt: row.receivedAt,
          code: row.code, changes: row.changes
        ) { try reference(to: $0, db) ?? known.reference(to: $0, by: account.id) })
    }
  }

  private static func changes(of content: [UInt8]) throws -> [OfferedChange] {
    do {
      return try WireOffer(serializedBytes: content).changes.map(OfferedChange.init)
    } catch {
      throw StorageError(.damaged)
    }
  }
}
