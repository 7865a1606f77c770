import CRDT
import GRDB
public import Replication
import WireProtocol

/// Own work without a verdict, kept a second time as the tenant alone can read it: who loses the passphrase
/// can still hand it over.
extension ReplicaStore {
  /// Seals what has no verdict and is not sealed yet to the tenant's key, in pushes as large as a session's,
  /// with the bytes of files that the server does not have, and keeps what it takes to hand them over.
  ///
  /// It changes nothing of what is sent. A seal goes with the verdict on its last entry.
  ///
  /// - Parameter pass: for the actor that writes now.
  /// - Returns: how many entries were sealed.
  /// - Throws: `StorageError`; what was sealed before stays.
  @discardableResult
  public func sealUnsent(as identity: ClientIdentity, with pass: RescuePass) throws -> Int {
    guard let key = try meta().tenantAgreementKey else { return 0 }
    try keep(pass)
    var sealed = 0
    while let push = try RescuePush(try unsealed(), by: identity) {
      let content = try TenantSeal.seal(push.content, to: key, tenant: pass.tenant, actor: pass.actor)
      let isKept = try writing { db, _ in
        let meta = try meta(db)
        let row = meta.journalRow(of: push.lastEntry)
        // Somebody else judged or succeeded meanwhile.
        guard meta.actor == pass.actor, row > meta.judgedEntries else { return false }
        try db.run(
          "INSERT OR REPLACE INTO sealed_push (last_entry, actor, entries, content) VALUES (?, ?, ?, ?)",
          [.bits(row), .bits(pass.actor), .integer(push.entries), .blob(content)])
        return true
      }
      guard isKept else { break }
      sealed += push.entries
    }
    try sealUnsentBytes(as: identity, for: pass, to: key)
    return sealed
  }

  /// The next entries that are to be sealed, as many as may go into a push.
  private func unsealed() throws -> [LinkedEntry] {
    let after = try reading { db in
      let meta = try meta(db)
      let last = try db.first("SELECT max(last_entry) FROM sealed_push", []) { $0.optionalInteger(0) } ?? nil
      let row = max(last.map { UInt64(bitPattern: $0) } ?? 0, meta.judgedEntries)
      return meta.journalEntry(ofRow: row)
    }
    return try pendingEntries(after: after, limit: 256)
  }

  private func keep(_ pass: RescuePass) throws {
    let content = pass.encoded
    let kept = try reading { db in
      try db.first("SELECT content FROM rescue_pass WHERE id = 1", []) { try $0.blob(0) }
    }
    guard kept != content else { return }
    try writing { db, _ in
      try db.run("INSERT OR REPLACE INTO rescue_pass (id, content) VALUES (1, ?)", [.blob(content)])
    }
  }

  /// Whether anything waits that would have to be sealed, or is sealed: what is asked once a command.
  public func needsSealing() throws -> Bool {
    try reading { db in
      let judged = try meta(db).judgedEntries
      let unsent = try db.first("SELECT 1 FROM entry WHERE number > ? LIMIT 1", [.bits(judged)]) {
        try $0.integer(0)
      }
      let kept = try db.first("SELECT 1 FROM sealed_item LIMIT 1", []) { try $0.integer(0) }
      return try unsent != nil || kept != nil || needsSealingOfBytes(db)
    }
  }

  /// What is judged needs nobody to hand it over any more.
  func dropSealedPushes(upTo judged: UInt64, _ db: Database) throws {
    try db.run("DELETE FROM sealed_push WHERE last_entry <= ?", [.bits(judged)])
  }
}

extension RescuePass {
  var encoded: [UInt8] {
    MetaCoding.encode([
      ("tenant", .blob(tenant)), ("tenant_key", .blob(tenantKey)), ("actor", .bits(actor)),
      ("signature", .blob(signature)), ("server_url", .text(serverURL)),
      ("authority_file", authorityFile.map { .text($0) } ?? .null),
    ])
  }

  /// - Throws: `damaged`.
  init(encoded bytes: [UInt8]) throws {
    let values = try MetaCoding.decode(bytes)
    guard let tenant = values["tenant"]?.bytes.flatMap({ Identifier(bytes: $0) }),
      let key = values["tenant_key"]?.bytes, let actor = values["actor"]?.integer,
      let signature = values["signature"]?.bytes, let url = values["server_url"]?.text
    else { throw StorageError(.damaged) }
    self.init(
      tenant: tenant, tenantKey: key, actor: ActorID(rawValue: UInt64(bitPattern: actor)),
      signature: signature, serverURL: url, authorityFile: values["authority_file"]?.text)
  }
}
