import CRDT
import CaseModel
import GRDB
import Replication
import WireProtocol

/// Named values, so that a later version adds some; sealed in two parts, so that what changes often is
/// written alone.
extension ReplicaMeta {
  /// What is sealed as one value in a row of `meta`.
  enum Part: String, Hashable, Sendable {
    /// What seldom changes.
    case replica
    /// What changes with what is exchanged.
    case progress
    /// The sum over the rows that are present.
    case rows
  }

  private var rows: [(key: String, value: BoundValue)] {
    [
      ("tenant", .blob(tenant)), ("tenant_name", .text(tenantName)), ("tenant_key", .blob(tenantKey)),
      ("account", .blob(account)), ("person", .blob(person)), ("person_name", .text(personName)),
      ("role", .integer(role.rawValue)), ("aliases", .blob(aliases.flatMap(\.bytes))),
      ("certificate", .blob(certificate)), ("certificate_signature", .blob(certificateSignature)),
      ("actor", .bits(actor)), ("server_url", .text(serverURL)),
      ("authority_file", authorityFile.map { .text($0) } ?? .null), ("protection", .text(protection.stored)),
      ("epoch", .blob(epoch)), ("session_token", .blob(sessionToken)),
      ("clock_offset", .integer(clockOffset)), ("last_contact", .integer(lastContact)),
      ("actor_salt", .blob(actorSalt)), ("successor_salt", .blob(successorSalt)),
      ("lineage", .blob(LineageCoding.encode(lineage))),
      ("journal_row", .bits(journalRow)), ("journal_entries", .bits(journalStart?.entries ?? 0)),
      ("journal_digest", journalStart.map { .blob($0.digest) } ?? .null),
      ("is_healing", .boolean(isHealing)), ("is_unproved", .boolean(isUnproved)),
      ("is_confirmed", .boolean(isConfirmed)),
      ("confirmation_digits", confirmationDigits.map { .text($0) } ?? .null),
      ("healed_at", .integer(healedAt)), ("reissued_changes", .bits(reissuedChanges)),
      ("returned_changes", .bits(returnedChanges)), ("last_order", .bits(lastOrder)),
      ("reissued_up_to", .bits(reissuedUpTo)),
      ("last_failure", lastFailure.map { .text($0.reason) } ?? .null),
      ("last_failure_at", .integer(lastFailure?.at)), ("wipes", .bits(wipes)),
      ("quarantine_waiting", .integer(Int64(quarantineWaiting))),
      ("devices_waiting", .integer(Int64(devicesWaiting))),
      ("last_bundle", lastBundle.map { .blob($0) } ?? .null),
      ("access_ended", .integer(accessEnded.map { Int64($0.reason.rawValue) })),
      ("access_ended_at", .integer(accessEnded?.since)), ("has_lease", .boolean(lease != nil)),
      ("lease_until", .integer(lease?.until)), ("logs", .blob(logs.encoded)),
    ]
  }

  /// Those that change with what is exchanged, many times in a session.
  private var deliveryRows: [(key: String, value: BoundValue)] {
    [
      ("cursor", .blob(cursor)), ("deliveries", .bits(deliveries)), ("judged_entries", .bits(judgedEntries)),
      ("last_caught_up", .integer(lastCaughtUp)), ("received_up_to", .integer(receivedUpTo)),
      ("known_time", .integer(knownTime?.time)), ("known_boot", (knownTime?.boot).map { .text($0) } ?? .null),
      ("known_uptime", .integer(knownTime?.uptime)),
    ]
  }

  /// Writes what differs from what is stored.
  func write(to db: Database, replacing before: ReplicaMeta? = nil, sealing sealed: SealedRows) throws {
    let differs = before.map { before in
      var same = before
      same.cursor = cursor
      same.deliveries = deliveries
      same.judgedEntries = judgedEntries
      same.lastCaughtUp = lastCaughtUp
      same.receivedUpTo = receivedUpTo
      same.knownTime = knownTime
      return same != self
    }
    if differs != false { try write(.replica, rows, to: db, sealed) }
    if before?.deliveryRows.map(\.value) != deliveryRows.map(\.value) {
      try write(.progress, deliveryRows, to: db, sealed)
    }
  }

  private func write(
    _ part: Part, _ rows: [(key: String, value: BoundValue)], to db: Database, _ sealed: SealedRows
  ) throws {
    let key = BoundValue.text(part.rawValue)
    try sealed.removing("SELECT value FROM meta WHERE key = ?", [key], db)
    let value = try sealed.sealed(MetaCoding.encode(rows), at: .meta(part))
    try db.run("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", [key, .sealed(value)])
    try sealed.wrote(value)
  }

  private static func read(
    _ part: Part, from db: Database, _ sealed: SealedRows
  ) throws -> [String: BoundValue] {
    let value = try db.first("SELECT value FROM meta WHERE key = ?", [.text(part.rawValue)]) {
      try $0.sealed(0)
    }
    guard let value else { throw StorageError(.damaged) }
    return try MetaCoding.decode(try sealed.opened(value, at: .meta(part)))
  }

  init(readFrom db: Database, _ sealed: SealedRows) throws {
    let rows = MetaRows(
      values: try Self.read(.replica, from: db, sealed).merging(
        try Self.read(.progress, from: db, sealed), uniquingKeysWith: { first, _ in first }))
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
    wipes = UInt64(bitPattern: try rows.integer("wipes"))
    quarantineWaiting = Int(try rows.integer("quarantine_waiting"))
    devicesWaiting = Int(try rows.integer("devices_waiting"))
    judgedEntries = UInt64(bitPattern: try rows.integer("judged_entries"))
    guard judgedEntries <= Limits.highestNumber else { throw StorageError(.damaged) }
    clockOffset = try rows.integer("clock_offset")
    lastContact = rows.optionalInteger("last_contact")
    lastCaughtUp = rows.optionalInteger("last_caught_up")
    actorSalt = rows.optionalBytes("actor_salt")
    successorSalt = rows.optionalBytes("successor_salt")
    lineage = try LineageCoding.decode(try rows.bytes("lineage"))
    journalRow = UInt64(bitPattern: try rows.integer("journal_row"))
    if let bytes = rows.optionalBytes("journal_digest") {
      let entries = UInt64(bitPattern: try rows.integer("journal_entries"))
      guard let digest = Digest(bytes: bytes), entries <= Limits.highestNumber else {
        throw StorageError(.damaged)
      }
      journalStart = JournalHead(entries: entries, digest: digest)
    }
    guard journalRow <= Limits.highestNumber else { throw StorageError(.damaged) }
    isHealing = try rows.integer("is_healing") == 1
    isUnproved = rows.optionalInteger("is_unproved") == 1
    isConfirmed = try rows.integer("is_confirmed") == 1
    confirmationDigits = rows.optionalText("confirmation_digits")
    healedAt = rows.optionalInteger("healed_at")
    reissuedChanges = UInt64(bitPattern: try rows.integer("reissued_changes"))
    returnedChanges = UInt64(bitPattern: try rows.integer("returned_changes"))
    lastBundle = rows.optionalBytes("last_bundle").flatMap { Digest(bytes: $0) }
    lastOrder = UInt64(bitPattern: try rows.integer("last_order"))
    reissuedUpTo = UInt64(bitPattern: try rows.integer("reissued_up_to"))
    receivedUpTo = try rows.integer("received_up_to")
    if let number = rows.optionalInteger("access_ended"), let at = rows.optionalInteger("access_ended_at") {
      guard let reason = RevocationReason(rawValue: UInt32(clamping: number)) else {
        throw StorageError(.damaged)
      }
      accessEnded = AccessEnded(reason: reason, since: at)
    }
    if try rows.integer("has_lease") == 1 { lease = Lease(until: rows.optionalInteger("lease_until")) }
    if let time = rows.optionalInteger("known_time") {
      knownTime = KnownTime(
        time: time, boot: rows.optionalText("known_boot"), uptime: rows.optionalInteger("known_uptime") ?? 0)
    }
    logs = try KeptLogs(encoded: try rows.bytes("logs"))
    if let reason = rows.optionalText("last_failure"), let at = rows.optionalInteger("last_failure_at") {
      lastFailure = ExchangeFailure(reason: reason, at: at)
    }
  }
}

/// The rows of the meta table by key.
private struct MetaRows {
  let values: [String: BoundValue]

  func optionalInteger(_ key: String) -> Int64? { values[key].flatMap(\.integer) }
  func optionalText(_ key: String) -> String? { values[key].flatMap(\.text) }
  func optionalBytes(_ key: String) -> [UInt8]? {
    values[key].flatMap(\.bytes)
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
