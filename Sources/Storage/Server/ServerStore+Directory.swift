import CRDT
import GRDB
import Replication
import WireProtocol

/// Writing who takes part in the tenant.
extension ServerStore {
  func write(_ account: Account, _ db: Database) throws {
    try db.run(
      """
      INSERT INTO account (wire, person, person_name, role, inviter, ended_at) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (wire) DO UPDATE SET person = excluded.person, person_name = excluded.person_name,
        role = excluded.role, ended_at = excluded.ended_at
      """,
      [
        .blob(account.id), .blob(account.person), .text(account.personName), .integer(account.role.rawValue),
        .blob(account.inviter), .integer(account.endedAt),
      ])
  }

  /// Writes the devices of a group. A device's journal is what its entries say, and has no column: a push
  /// alone does not touch the row.
  ///
  /// - Throws: `inconsistent` for a device whose journal is another one than that of its entries.
  func writeDevices(_ group: CommitGroup, _ db: Database) throws {
    guard !group.devices.isEmpty else { return }
    var journals: [ActorID: JournalHead] = [:]
    for entry in group.lastEntries { journals[entry.actor] = entry.journal }
    for device in group.devices.values {
      let stored = devices[device.actor]
      let journal = try journals[device.actor] ?? stored?.journal ?? self.journal(of: device.actor, db)
      guard device.journal == journal else { throw StorageError(.inconsistent) }
      var same = device
      same.journal = stored?.journal ?? device.journal
      if same != stored { try write(device, db) }
    }
  }

  /// Keeps what a group wrote of devices.
  func noteDevices(_ group: CommitGroup) {
    for device in group.devices.values { devices[device.actor] = device }
    for entry in group.lastEntries { devices[entry.actor]?.journal = entry.journal }
  }

  /// An actor's journal after its last entry.
  func journal(of actor: ActorID, _ db: Database) throws -> JournalHead {
    let stored = try actors[actor].flatMap { row in
      try db.first(
        "SELECT last, digest FROM journal WHERE actor = ? ORDER BY last DESC LIMIT 1", [.integer(row)]
      ) { JournalHead(entries: try $0.unsigned(0), digest: try $0.digest(1)) }
    }
    return stored ?? .start(tenant: tenant.id, actor: actor)
  }

  func write(_ device: Device, _ db: Database) throws {
    guard
      let account = try db.first(
        "SELECT id FROM account WHERE wire = ?", [.blob(device.account)], { try $0.integer(0) })
    else { throw StorageError(.inconsistent) }
    try db.run(
      """
      INSERT OR REPLACE INTO device (actor, wire, account, name, signing_key, agreement_key, token,
        offered_token, deliveries, wipes, enrolled_at, contact_day)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .bits(device.actor), .blob(device.id), .integer(account), .text(device.name),
        .blob(device.signingKey),
        .blob(device.agreementKey), .blob(device.token), .blob(device.offeredToken), .bits(device.deliveries),
        .bits(device.wipes), .integer(device.enrolledAt), .integer(Int64(device.contactDay)),
      ])
    try writeSuccession(of: device, db)
  }

  func write(_ revocation: Revocation, _ db: Database) throws {
    try db.run(
      "INSERT OR REPLACE INTO revocation (device, reason, revoked_at) VALUES (?, ?, ?)",
      [
        .blob(revocation.device), .integer(revocation.reason.rawValue), .integer(revocation.revokedAt),
      ])
  }

  func write(_ code: PendingCode, _ db: Database) throws {
    try db.run(
      """
      INSERT OR REPLACE INTO code (id, verifier, role, person, person_name, account, expires_at, failures,
        is_used, inviter, is_remote) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .bits(code.id), .blob(code.verifier), .integer(code.role.rawValue), .blob(code.person),
        .text(code.personName), .blob(code.account), .integer(code.expiresAt), .integer(code.failures),
        .boolean(code.isUsed), .blob(code.inviter), .boolean(code.isRemote),
      ])
  }

  /// Forgets codes that expired long ago, and the names of who was erased in those that are kept.
  func forgetCodes(_ group: CommitGroup, _ db: Database) throws {
    if let first = group.codesKeptFrom {
      try db.run("DELETE FROM code WHERE expires_at < ?", [.integer(first)])
    }
    for person in group.erasedPersons {
      try db.run("UPDATE code SET person_name = '' WHERE person = ?", [.blob(person)])
    }
  }
}

extension CommitGroup {
  /// The entries after which another actor's follow, or none.
  fileprivate var lastEntries: [JudgedEntry] {
    entries.indices.compactMap { index in
      let next = index + 1
      return next < entries.count && entries[next].actor == entries[index].actor ? nil : entries[index]
    }
  }
}
