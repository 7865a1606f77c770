public import CRDT
import CaseModel
import GRDB
import WireProtocol

/// Attachments' bytes on a replica: those of files that were attached here, and those that were asked for.
extension ReplicaStore {
  /// Stores a new attachment's bytes.
  func insert(_ attachment: NewAttachment, at now: Int64, _ db: Database) throws {
    guard attachment.content.count <= Limits.attachmentBytes else {
      throw StorageError(.tooLarge, record: attachment.record)
    }
    let digest = try sealedDigest(attachment.digest, of: attachment.record)
    try db.run(
      """
      INSERT INTO attachment (record, own, size, digest, present, whole, sent, wanted, added_at)
      VALUES (?, 1, ?, ?, ?, 1, 0, 0, ?)
      """,
      [
        .blob(attachment.record), .integer(attachment.content.count), .sealed(digest),
        .integer(attachment.content.count), .integer(now),
      ])
    try sealed.wrote(digest)
    let content = StoredContent(attachment: db.lastInsertedRowID, sealed: sealed)
    for start in stride(from: 0, to: attachment.content.count, by: Limits.chunkBytes) {
      let end = min(start + Limits.chunkBytes, attachment.content.count)
      try content.add(Array(attachment.content[start..<end]), at: UInt64(start), db)
    }
  }

  /// How an attachment's bytes stand; `nil` when nothing is known of them here.
  public func attachmentState(_ record: Identifier) throws -> AttachmentState? {
    try reading { db in
      let epoch = try meta(db).epoch
      return try db.first(
        "SELECT own, present, whole, sent, epoch, wanted, refusal FROM attachment WHERE record = ?",
        [.blob(record)]
      ) { row in
        AttachmentState(
          isOwn: try row.integer(0) == 1, present: try row.unsigned(1), isWhole: try row.integer(2) == 1,
          sent: try row.unsigned(3), isAvailable: try row.optionalIdentifier(4) == epoch,
          isWanted: try row.integer(5) == 1,
          refusal: row.optionalInteger(6).map { ErrorCode(rawValue: UInt32(truncatingIfNeeded: $0)) })
      }
    }
  }

  /// What the server does not have of files that were attached here.
  public func unsentAttachments() throws -> UnsentAttachments {
    try reading { db in
      let epoch = try meta(db).epoch
      let found = try db.first(
        """
        SELECT ifnull(sum(refusal IS NULL), 0),
          ifnull(sum(CASE WHEN refusal IS NULL THEN size - sent ELSE 0 END), 0),
          min(CASE WHEN refusal IS NULL THEN added_at END), ifnull(sum(refusal IS NOT NULL), 0)
        FROM attachment WHERE own = 1 AND present = size AND epoch IS NOT ?
          AND (EXISTS (SELECT 1 FROM record WHERE wire = attachment.record AND kind IS NOT NULL)
            OR \(Self.isBroughtInByACopy))
        """, [.blob(epoch)]
      ) { row in
        UnsentAttachments(
          count: Int(try row.integer(0)), bytes: try row.unsigned(1), since: row.optionalInteger(2),
          refused: Int(try row.integer(3)))
      }
      return found ?? UnsentAttachments(count: 0, bytes: 0, since: nil, refused: 0)
    }
  }

  /// Whether the server has an own attachment's record under another name: a copy of this device brought it
  /// in. A device that waits for its confirmation does not show it, and may be the only one with the bytes.
  static let isBroughtInByACopy = """
    EXISTS (SELECT 1 FROM record JOIN change ON change.record = record.id
      JOIN entry ON entry.number = change.entry
      WHERE record.wire = attachment.record AND entry.refusal = \(ErrorCode.alreadyTaken.rawValue)
        AND change.id = entry.first_change + entry.refused_change)
    """

  /// Asks for an attachment's bytes; they are fetched when there is a session, from the byte that is here.
  ///
  /// - Throws: `unknownRecord` when the record is not here or does not say what its bytes are.
  public func want(_ record: Identifier, at now: Int64) throws {
    try writing { db, _ in
      guard let shown = try stored(record, db)?.caseRecord(try meta(db)), let facts = AttachmentFacts(shown),
        facts.size <= UInt64(Limits.attachmentBytes), let digest = Digest(bytes: facts.digest)
      else { throw StorageError(.unknownRecord, record: record) }
      try forgetOther(digest, facts, db)
      if let known = try attachmentRow(record, db) {
        try db.run(
          "UPDATE attachment SET wanted = 1 - whole, refusal = NULL WHERE id = ?", [.integer(known)])
      } else {
        let stored = try sealedDigest(digest, of: record)
        try db.run(
          """
          INSERT INTO attachment (record, own, size, digest, present, whole, sent, wanted, added_at)
          VALUES (?, 0, ?, ?, 0, 0, 0, 1, ?)
          """, [.blob(record), .bits(facts.size), .sealed(stored), .integer(now)])
        try sealed.wrote(stored)
      }
    }
  }

  /// Seals an attachment's digest for its row.
  func sealedDigest(_ digest: Digest, of record: Identifier) throws -> SealedValue {
    try sealed.sealed(digest.bytes, at: .attachmentDigest(of: record))
  }

  /// Opens an attachment's digest, in a column.
  func attachmentDigest(_ row: ResultRow, _ index: Int, of record: Identifier) throws -> Digest {
    let bytes = try StorageError.naming(record) {
      try sealed.opened(try row.sealed(index), at: .attachmentDigest(of: record))
    }
    guard let digest = Digest(bytes: bytes) else { throw StorageError(.damaged, record: record) }
    return digest
  }

  /// Bytes that were fetched for what the record said before are not those that it names now.
  private func forgetOther(_ digest: Digest, _ facts: AttachmentFacts, _ db: Database) throws {
    let known = try db.first(
      "SELECT id, size, digest FROM attachment WHERE record = ? AND own = 0", [.blob(facts.record)]
    ) { row in
      (
        row: try row.integer(0), size: try row.unsigned(1),
        digest: try attachmentDigest(row, 2, of: facts.record), stored: try row.sealed(2)
      )
    }
    guard let known, known.size != facts.size || known.digest != digest else { return }
    try StoredContent(attachment: known.row, sealed: sealed).remove(db)
    try sealed.removed(known.stored)
    try db.run("DELETE FROM attachment WHERE id = ?", [.integer(known.row)])
  }

  /// Bytes of an attachment that are here.
  ///
  /// - Throws: `damaged` when they are not what was stored.
  public func content(of record: Identifier, at offset: UInt64, count: Int) throws -> [UInt8] {
    try reading { db in
      guard let row = try attachmentRow(record, db) else { return [] }
      return try StoredContent(attachment: row, sealed: sealed).read(at: offset, count: count, db)
    }
  }

  /// Lets go of bytes that were attached here, once nothing can lose them any more: two verified backups of
  /// the server contain them. Until then they stay, so that a server that was restored gets them again.
  ///
  /// - Throws: `unknownRecord` for one that was not attached here, or that the server does not have whole.
  public func releaseBackedUpContent(of record: Identifier) throws {
    try writing { db, _ in
      let epoch = try meta(db).epoch
      let row = try db.first(
        "SELECT id FROM attachment WHERE record = ? AND own = 1 AND epoch = ?", [.blob(record), .blob(epoch)]
      ) { try $0.integer(0) }
      guard let row else { throw StorageError(.unknownRecord, record: record) }
      try StoredContent(attachment: row, sealed: sealed).remove(db)
      // From now on it is like anybody's: fetched on demand.
      try db.run(
        "UPDATE attachment SET own = 0, present = 0, whole = 0 WHERE id = ?", [.integer(row)])
    }
  }

  func attachmentRow(_ record: Identifier, _ db: Database) throws -> Int64? {
    try db.first("SELECT id FROM attachment WHERE record = ?", [.blob(record)]) { try $0.integer(0) }
  }
}
