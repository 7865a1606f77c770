public import CRDT
public import CaseModel
import GRDB
public import Replication
import WireProtocol

extension ServerStore {
  /// Reads what the server's machines start from: who may connect, what governs access, the log's end, and up
  /// to where at most what each person may read last changed.
  ///
  /// - Complexity: O(accounts + devices + codes + records), of which only the governing ones are decoded.
  public func load() throws -> (
    directory: TenantDirectory, governing: GoverningState, position: UInt64,
    accessChangedAt: [Identifier: UInt64]
  ) {
    try StorageError.translating {
      try database.inDatabase { db in
        let directory = try readDirectory(db)
        let (governing, accessChangedAt) = try readGoverning(directory, db)
        return (directory, governing, position, accessChangedAt)
      }
    }
  }

  private func readDirectory(_ db: Database) throws -> TenantDirectory {
    var directory = TenantDirectory(tenant: tenant)
    if isInRecovery { directory.beginRecovery() }
    for account in try db.all(
      "SELECT wire, person, person_name, role, inviter, ended_at FROM account", [], Account.init(row:))
    {
      directory.update(account)
    }
    let devices = try db.all(
      """
      SELECT d.wire, d.actor, a.wire, d.name, d.signing_key, d.agreement_key, d.token, d.offered_token,
        d.deliveries, s.predecessor, s.is_confirmed, s.is_retired, d.wipes,
        d.enrolled_at, d.contact_day
      FROM device d JOIN account a ON a.id = d.account LEFT JOIN succession s ON s.actor = d.actor
      """, []
    ) { try Device(row: $0, tenant: tenant.id) }
    for var device in devices {
      device.journal = try journal(of: device.actor, db)
      directory.update(device)
      self.devices[device.actor] = device
    }
    for revocation in try db.all(
      "SELECT device, reason, revoked_at FROM revocation", [], Revocation.init(row:))
    {
      directory.revoke(revocation)
    }
    let codes = try db.all(
      """
      SELECT id, verifier, role, person, person_name, account, expires_at, failures, is_used, inviter,
        is_remote
      FROM code
      """,
      [], PendingCode.init(row:))
    for code in codes { directory.update(code) }
    for (actor, home) in homes { directory.note(home: home, of: actor) }
    for digest in try db.all("SELECT digest FROM taken_origin", [], { try $0.digest(0) }) {
      directory.take(origin: digest)
    }
    try readQuarantine(into: &directory, db)
    return directory
  }

  /// What governs, and for each person who is or was involved in a case, or whom the register concerns, the
  /// last position of what governs it: access changes with governing records alone, and with time.
  private func readGoverning(
    _ directory: TenantDirectory, _ db: Database
  ) throws -> (GoverningState, [Identifier: UInt64]) {
    var state = GoverningState(tenant: tenant.id)
    for account in directory.accounts.values { state.setRole(account.standingRole, of: account.person) }
    let kinds = RecordKind.governing.map { String($0.rawValue) }.joined(separator: ", ")
    let records = try db.all(
      "SELECT wire, head_position FROM record WHERE kind IN (\(kinds)) ORDER BY id", []
    ) { (id: try $0.identifier(0), head: try $0.unsigned(1)) }
    var changedAt: [Identifier: UInt64] = [:]
    var accessChangedAt: [Identifier: UInt64] = [:]
    func note(_ persons: Set<Identifier>, at position: UInt64) {
      for person in persons { accessChangedAt[person] = max(accessChangedAt[person] ?? 0, position) }
    }
    for (id, head) in records {
      // What was erased governs nothing any more.
      if isErased(id) { continue }
      guard let snapshot = try load(id, db)?.snapshot else { throw StorageError(.damaged, record: id) }
      let creator = snapshot.creator.flatMap { persons[$0] }
      guard let record = CaseRecord(snapshot, creator: creator) else { continue }
      state.update(with: record)
      if let caseID = record.caseID {
        changedAt[caseID] = max(changedAt[caseID] ?? 0, head)
      } else {
        note(state.involvedPersons(inRegister: record), at: head)
      }
    }
    for (caseID, position) in changedAt { note(state.involvedPersons(in: caseID), at: position) }
    return (state, accessChangedAt)
  }
}

extension Account {
  fileprivate init(row: ResultRow) throws {
    self.init(
      id: try row.identifier(0), person: try row.identifier(1), personName: try row.text(2),
      role: Role(rawValue: UInt32(truncatingIfNeeded: try row.integer(3))),
      inviter: try row.optionalIdentifier(4), endedAt: row.optionalInteger(5))
  }
}

extension Device {
  /// A device without its journal, which stands in rows of its own.
  fileprivate init(row: ResultRow, tenant: Identifier) throws {
    self.init(
      id: try row.identifier(0), actor: try row.actor(1), account: try row.identifier(2),
      name: try row.text(3),
      signingKey: try row.blob(4), agreementKey: try row.blob(5),
      journal: .start(tenant: tenant, actor: try row.actor(1)),
      token: try row.optionalIdentifier(6), offeredToken: try row.optionalIdentifier(7),
      deliveries: try row.unsigned(8), wipes: try row.unsigned(12),
      predecessor: row.optionalInteger(9).map { ActorID(rawValue: UInt64(bitPattern: $0)) },
      isConfirmed: row.optionalInteger(10) != 0, isRetired: row.optionalInteger(11) == 1,
      enrolledAt: try row.integer(13), contactDay: Int32(clamping: try row.integer(14)))
  }
}

extension Revocation {
  fileprivate init(row: ResultRow) throws {
    guard let reason = RevocationReason(rawValue: UInt32(clamping: try row.integer(1))) else {
      throw StorageError(.damaged)
    }
    self.init(device: try row.identifier(0), reason: reason, revokedAt: try row.integer(2))
  }
}

extension PendingCode {
  fileprivate init(row: ResultRow) throws {
    self.init(
      id: try row.unsigned(0), verifier: try row.digest(1),
      role: Role(rawValue: UInt32(truncatingIfNeeded: try row.integer(2))), person: try row.identifier(3),
      personName: try row.text(4), account: try row.optionalIdentifier(5), expiresAt: try row.integer(6),
      failures: Int(try row.integer(7)), isUsed: try row.integer(8) == 1,
      inviter: try row.optionalIdentifier(9), isRemote: try row.integer(10) == 1)
  }
}
