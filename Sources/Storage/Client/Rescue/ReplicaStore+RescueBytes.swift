import CRDT
import GRDB
import Replication
import WireProtocol

/// Bytes of files that were attached here and are not at the server, kept a second time as the tenant alone
/// can read them.
extension ReplicaStore {
  /// How many pieces are sealed in one transaction: a file of the largest size needs 64.
  private static let piecesAtOnce = 16

  /// Files that the server does not have whole, and is still to get: their bytes are all here.
  static let isUnsentFile = """
    own = 1 AND present = size AND refusal IS NULL
      AND (EXISTS (SELECT 1 FROM record WHERE wire = attachment.record AND kind IS NOT NULL)
        OR \(isBroughtInByACopy))
    """

  /// Whether all pieces of a file are sealed; one without bytes has a piece too.
  static let isSealedFile = """
    (SELECT count(*) > 0 AND sum(length) = attachment.size FROM sealed_bytes
      WHERE sealed_bytes.record = attachment.record)
    """

  private struct Unsealed {
    let row: Int64
    let upload: Upload
  }

  /// Seals what is not sealed yet, and lets go of what nobody needs to hand over any more.
  ///
  /// It may be broken off anywhere: what is sealed stays, and the next time goes on.
  func sealUnsentBytes(as identity: ClientIdentity, for pass: RescuePass, to key: [UInt8]) throws {
    try dropSealedBytes(exceptOf: pass.actor)
    var hasSealed = false
    while let file = try nextUnsealed() {
      let signature = identity.signature(for: file.upload)
      let starts = Array(
        stride(from: UInt64(0), to: max(file.upload.size, 1), by: Limits.chunkBytes))
      for first in stride(from: 0, to: starts.count, by: Self.piecesAtOnce) {
        let some = starts[first..<min(first + Self.piecesAtOnce, starts.count)]
        let isKept = try writing(.later) { db, _ in
          // Somebody else succeeded meanwhile, or the server has it now.
          guard try meta(db).actor == pass.actor, try isUnsealed(file, db) else { return false }
          let stored = StoredContent(attachment: file.row, sealed: sealed)
          for start in some {
            let content = try stored.read(at: start, count: Limits.chunkBytes, db)
            let piece = SignedBytes(
              upload: file.upload, signature: signature, offset: start, content: content)
            let item = try TenantSeal.seal(
              try piece.item, to: key, tenant: pass.tenant, actor: pass.actor)
            try db.run(
              """
              INSERT OR REPLACE INTO sealed_bytes (record, start, length, actor, content)
              VALUES (?, ?, ?, ?, ?)
              """,
              [
                .blob(file.upload.attachment), .bits(start), .integer(content.count), .bits(pass.actor),
                .blob(item),
              ])
          }
          return true
        }
        guard isKept else { break }
        hasSealed = true
      }
      // One whose pieces do not come to its size would be begun again and again.
      if try reading({ db in try isUnsealed(file, db) }) { break }
    }
    if hasSealed { try flush() }
  }

  private func nextUnsealed() throws -> Unsealed? {
    try reading { db in
      try db.first(
        """
        SELECT id, record, size, digest FROM attachment
        WHERE epoch IS NOT ? AND \(Self.isUnsentFile) AND NOT \(Self.isSealedFile) ORDER BY id LIMIT 1
        """, [.blob(try meta(db).epoch)]
      ) { row in
        let record = try row.identifier(1)
        return Unsealed(
          row: try row.integer(0),
          upload: Upload(
            attachment: record, size: try row.unsigned(2), digest: try attachmentDigest(row, 3, of: record)))
      }
    }
  }

  private func isUnsealed(_ file: Unsealed, _ db: Database) throws -> Bool {
    try db.first(
      """
      SELECT 1 FROM attachment
      WHERE id = ? AND epoch IS NOT ? AND \(Self.isUnsentFile) AND NOT \(Self.isSealedFile)
      """, [.integer(file.row), .blob(try meta(db).epoch)]
    ) { try $0.integer(0) } != nil
  }

  /// Whether there are files to seal, or sealed ones that may have arrived.
  func needsSealingOfBytes(_ db: Database) throws -> Bool {
    let unsealed = try db.first(
      "SELECT 1 FROM attachment WHERE epoch IS NOT ? AND \(Self.isUnsentFile) LIMIT 1",
      [.blob(try meta(db).epoch)]
    ) { try $0.integer(0) }
    let kept = try db.first("SELECT 1 FROM sealed_bytes WHERE kept = 0 LIMIT 1", []) { try $0.integer(0) }
    return unsealed != nil || kept != nil
  }

  /// Lets go of sealed pieces of files that the server has, or refused, and of those of another actor.
  private func dropSealedBytes(exceptOf actor: ActorID) throws {
    try writing(.later) { db, _ in
      try db.run(
        """
        DELETE FROM sealed_bytes WHERE kept = 0 AND (actor <> ? OR record NOT IN (
          SELECT record FROM attachment WHERE epoch IS NOT ? AND \(Self.isUnsentFile)))
        """, [.bits(actor), .blob(try meta(db).epoch)])
    }
  }

  /// The server has the file, or it was erased.
  func dropSealedBytes(of record: Identifier, _ db: Database) throws {
    try db.run("DELETE FROM sealed_bytes WHERE record = ?", [.blob(record)])
  }

  /// The record leaves the scope, and the file goes with it: what is sealed of it stays, if it is all of it.
  ///
  /// - Returns: how many pieces stay; `nil` when they are not all there.
  func keepSealedBytes(of record: Identifier, _ db: Database) throws -> Int? {
    let isWhole = try db.first(
      "SELECT \(Self.isSealedFile) FROM attachment WHERE record = ?", [.blob(record)]
    ) { $0.optionalInteger(0) == 1 }
    guard isWhole == true else {
      try dropSealedBytes(of: record, db)
      return nil
    }
    try db.run("UPDATE sealed_bytes SET kept = 1 WHERE record = ?", [.blob(record)])
    return Int(
      try db.first("SELECT count(*) FROM sealed_bytes WHERE record = ?", [.blob(record)]) {
        try $0.integer(0)
      } ?? 0)
  }
}
