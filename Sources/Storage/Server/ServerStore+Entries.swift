import CRDT
import GRDB
import Replication
import WireProtocol

/// Writing what stands in rows of its own: entries, and who takes part in the tenant.
extension ServerStore {
  func writeEntries(_ group: CommitGroup, _ db: Database) throws {
    var positions: [ActorID: ArraySlice<JudgedChange>] = [:]
    for change in group.changes { positions[change.change.header.id.actor, default: []].append(change) }
    for entry in group.entries {
      let seals = entry.verdict.seals
      let own = positions[entry.actor, default: []]
      let run = own.prefix(seals.count)
      let isRun =
        run.count == seals.count
        && zip(run, seals).allSatisfy { $0.seal == $1 && $0.receivedAt == entry.verdict.receivedAt }
        && zip(run, run.dropFirst()).allSatisfy { $0.position + 1 == $1.position }
      if isRun { positions[entry.actor] = own.dropFirst(seals.count) }
      try write(entry, first: isRun ? run.first?.position ?? 0 : 0, seals: isRun ? nil : seals, db)
    }
  }

  private func write(_ entry: JudgedEntry, first: UInt64, seals: [Seal]?, _ db: Database) throws {
    let verdict = entry.verdict
    try db.run(
      """
      INSERT INTO entry (actor, number, digest, refusal, refused_change, received_at, first, changes, seals)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .integer(try actors.row(entry.actor, in: db)), .bits(verdict.entry), .blob(entry.journal.digest),
        .integer(verdict.refusal.map { Int64($0.code.rawValue) }),
        .integer(verdict.refusal.map { Int64($0.change) }), .integer(verdict.receivedAt), .bits(first),
        .integer(verdict.seals.count), .blob(seals.map(SealCoding.encode)),
      ])
  }

  func write(_ account: Account, _ db: Database) throws {
    try db.run(
      """
      INSERT INTO account (wire, person, person_name, role) VALUES (?, ?, ?, ?)
      ON CONFLICT (wire) DO UPDATE SET person = excluded.person, person_name = excluded.person_name,
        role = excluded.role
      """,
      [.blob(account.id), .blob(account.person), .text(account.personName), .integer(account.role.rawValue)])
  }

  func write(_ device: Device, _ db: Database) throws {
    guard
      let account = try db.first(
        "SELECT id FROM account WHERE wire = ?", [.blob(device.account)], { try $0.integer(0) })
    else { throw StorageError(.inconsistent) }
    try db.run(
      """
      INSERT OR REPLACE INTO device (actor, wire, account, name, signing_key, agreement_key, entries, journal,
        token, offered_token, deliveries) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .bits(device.actor), .blob(device.id), .integer(account), .text(device.name),
        .blob(device.signingKey),
        .blob(device.agreementKey), .bits(device.journal.entries), .blob(device.journal.digest),
        .blob(device.token), .blob(device.offeredToken), .bits(device.deliveries),
      ])
  }

  func write(_ code: PendingCode, _ db: Database) throws {
    try db.run(
      """
      INSERT OR REPLACE INTO code (id, verifier, role, person, person_name, account, expires_at, failures,
        is_used) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .bits(code.id), .blob(code.verifier), .integer(code.role.rawValue), .blob(code.person),
        .text(code.personName), .blob(code.account), .integer(code.expiresAt), .integer(code.failures),
        .boolean(code.isUsed),
      ])
  }
}
