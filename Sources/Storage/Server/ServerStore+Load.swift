import CRDT
public import CaseModel
import GRDB
public import Replication
import WireProtocol

extension ServerStore {
  /// Reads what the server's machines start from: who may connect, what governs access, and the log's end.
  ///
  /// - Complexity: O(accounts + devices + codes + records), of which only the governing ones are decoded.
  public func load() throws -> (directory: TenantDirectory, governing: GoverningState, position: UInt64) {
    try StorageError.translating {
      try database.inDatabase { db in
        let directory = try readDirectory(db)
        return (directory, try readGoverning(directory, db), position)
      }
    }
  }

  private func readDirectory(_ db: Database) throws -> TenantDirectory {
    var directory = TenantDirectory(tenant: tenant)
    for account in try db.all("SELECT wire, person, person_name, role FROM account", [], Account.init(row:)) {
      directory.update(account)
    }
    let devices = try db.all(
      """
      SELECT d.wire, d.actor, a.wire, d.name, d.signing_key, d.agreement_key, d.token, d.offered_token,
        d.deliveries FROM device d JOIN account a ON a.id = d.account
      """, []
    ) { try Device(row: $0, tenant: tenant.id) }
    for var device in devices {
      device.journal = try journal(of: device.actor, db)
      directory.update(device)
      self.devices[device.actor] = device
    }
    let codes = try db.all(
      "SELECT id, verifier, role, person, person_name, account, expires_at, failures, is_used FROM code", [],
      PendingCode.init(row:))
    for code in codes { directory.update(code) }
    return directory
  }

  private func readGoverning(_ directory: TenantDirectory, _ db: Database) throws -> GoverningState {
    var state = GoverningState()
    for account in directory.accounts.values { state.setRole(account.role, of: account.person) }
    let kinds = [RecordKind.case, .allocation, .participant].map { String($0.rawValue) }.joined(
      separator: ", ")
    let ids = try db.all("SELECT wire FROM record WHERE kind IN (\(kinds)) ORDER BY id", []) {
      try $0.identifier(0)
    }
    for id in ids {
      guard let snapshot = try load(id, db)?.snapshot else { throw StorageError(.damaged, record: id) }
      let creator = snapshot.creator.flatMap { persons[$0] }
      if let record = CaseRecord(snapshot, creator: creator) { state.update(with: record) }
    }
    return state
  }
}

extension Account {
  fileprivate init(row: ResultRow) throws {
    self.init(
      id: try row.identifier(0), person: try row.identifier(1), personName: try row.text(2),
      role: Role(rawValue: UInt32(truncatingIfNeeded: try row.integer(3))))
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
      deliveries: try row.unsigned(8))
  }
}

extension PendingCode {
  fileprivate init(row: ResultRow) throws {
    self.init(
      id: try row.unsigned(0), verifier: try row.digest(1),
      role: Role(rawValue: UInt32(truncatingIfNeeded: try row.integer(2))), person: try row.identifier(3),
      personName: try row.text(4), account: try row.optionalIdentifier(5), expiresAt: try row.integer(6),
      failures: Int(try row.integer(7)), isUsed: try row.integer(8) == 1)
  }
}
