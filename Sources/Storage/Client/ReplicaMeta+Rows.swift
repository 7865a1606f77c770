import CRDT
import CaseModel
import GRDB

/// One row a value, so that an update writes what changed and a later version adds rows.
extension ReplicaMeta {
  var rows: [String: DatabaseValue] {
    [
      "tenant": .blob(tenant), "tenant_name": .text(tenantName), "tenant_key": .blob(tenantKey),
      "account": .blob(account), "person": .blob(person), "person_name": .text(personName),
      "role": .integer(role.rawValue), "aliases": .blob(aliases.flatMap(\.bytes)),
      "certificate": .blob(certificate), "certificate_signature": .blob(certificateSignature),
      "actor": .bits(actor), "server_url": .text(serverURL),
      "authority_file": authorityFile.map { .text($0) } ?? .null, "protection": .text(protection.stored),
      "epoch": .blob(epoch), "session_token": .blob(sessionToken), "cursor": .blob(cursor),
      "deliveries": .bits(deliveries), "clock_offset": .integer(clockOffset),
      "last_contact": .integer(lastContact), "last_attempt": .integer(lastAttempt),
      "last_caught_up": .integer(lastCaughtUp),
    ]
  }

  func write(to db: Database, replacing before: ReplicaMeta? = nil) throws {
    let known = before?.rows ?? [:]
    for (key, value) in rows where known[key] != value {
      try db.run("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", [.text(key), value])
    }
  }

  init(readFrom db: Database) throws {
    let rows = MetaRows(
      values: Dictionary(
        try db.all("SELECT key, value FROM meta", []) { row in
          (try row.text(0), row[1] as DatabaseValue)
        }, uniquingKeysWith: { first, _ in first }))
    self.init(
      tenant: try rows.identifier("tenant"), tenantName: try rows.text("tenant_name"),
      tenantKey: try rows.bytes("tenant_key"), account: try rows.identifier("account"),
      person: try rows.identifier("person"), personName: try rows.text("person_name"),
      role: Role(rawValue: UInt32(truncatingIfNeeded: try rows.integer("role"))),
      aliases: try rows.identifiers("aliases"), certificate: try rows.bytes("certificate"),
      certificateSignature: try rows.bytes("certificate_signature"),
      actor: ActorID(rawValue: UInt64(bitPattern: try rows.integer("actor"))),
      serverURL: try rows.text("server_url"), authorityFile: rows.optionalText("authority_file"),
      protection: try KeyProtection(stored: try rows.text("protection")), epoch: try rows.identifier("epoch"),
      sessionToken: try rows.optionalIdentifier("session_token"))
    cursor = rows.optionalBytes("cursor")
    deliveries = UInt64(bitPattern: try rows.integer("deliveries"))
    clockOffset = try rows.integer("clock_offset")
    lastContact = rows.optionalInteger("last_contact")
    lastAttempt = rows.optionalInteger("last_attempt")
    lastCaughtUp = rows.optionalInteger("last_caught_up")
  }
}

/// The rows of the meta table by key.
private struct MetaRows {
  let values: [String: DatabaseValue]

  func optionalInteger(_ key: String) -> Int64? { values[key].flatMap { Int64.fromDatabaseValue($0) } }
  func optionalText(_ key: String) -> String? { values[key].flatMap { String.fromDatabaseValue($0) } }
  func optionalBytes(_ key: String) -> [UInt8]? {
    guard case .blob(let data)? = values[key]?.storage else { return nil }
    return Array(data)
  }
  func optionalIdentifier(_ key: String) throws -> Identifier? {
    guard let bytes = optionalBytes(key) else { return nil }
    guard let identifier = Identifier(bytes: bytes) else { throw StorageError(.damaged) }
    return identifier
  }

  func integer(_ key: String) throws -> Int64 { try present(optionalInteger(key)) }
  func text(_ key: String) throws -> String { try present(optionalText(key)) }
  func bytes(_ key: String) throws -> [UInt8] { try present(optionalBytes(key)) }
  func identifier(_ key: String) throws -> Identifier { try present(try optionalIdentifier(key)) }
  func identifiers(_ key: String) throws -> [Identifier] {
    let bytes = try bytes(key)
    return try stride(from: 0, to: bytes.count, by: 16).map { start in
      try present(Identifier(bytes: bytes[start..<min(start + 16, bytes.count)]))
    }
  }

  private func present<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw StorageError(.damaged) }
    return value
  }
}
