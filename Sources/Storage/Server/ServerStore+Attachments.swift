public import CRDT
import GRDB
public import Replication
import WireProtocol

/// Attachments' bytes, beside the log: they share the groups' transactions, and nothing is said to be here
/// before it is durable.
extension ServerStore {
  /// What is stored of an attachment; `nil` when nothing is, or when the record's key was destroyed.
  public func attachment(_ record: Identifier) throws -> StoredAttachment? {
    try StorageError.translating { try database.inDatabase { try storedAttachment(record, $0)?.state } }
  }

  public func unfinishedUploads(of actor: ActorID) throws -> Int {
    guard let row = actors[actor] else { return 0 }
    return try StorageError.translating {
      try database.inDatabase { db in
        let found = try db.first(
          "SELECT count(*) FROM attachment WHERE actor = ? AND complete = 0", [.integer(row)]
        ) { try $0.integer(0) }
        return Int(found ?? 0)
      }
    }
  }

  public func content(of record: Identifier, at offset: UInt64, count: Int) throws -> [UInt8] {
    try StorageError.translating {
      try database.inDatabase { db in
        guard let stored = try storedAttachment(record, db) else { return [] }
        return try StoredContent(attachment: stored.row, sealed: stored.seal)
          .read(at: offset, count: count, db)
      }
    }
  }

  private typealias AttachmentRow = (row: Int64, state: StoredAttachment, seal: RecordSeal)

  private func storedAttachment(_ record: Identifier, _ db: Database) throws -> AttachmentRow? {
    guard !isErased(record), let key = try recordRow(record, db)?.key else { return nil }
    let seal = try keys.seal(of: record, key)
    return try StorageError.naming(record) {
      try db.first(
        "SELECT id, actor, size, digest, stored, complete FROM attachment WHERE record = ?", [.blob(record)]
      ) { row in
        let digest = try Self.digest(row, 3, seal)
        let state = StoredAttachment(
          upload: Upload(attachment: record, size: try row.unsigned(2), digest: digest),
          actor: try actors.key(try row.integer(1)), stored: try row.unsigned(4),
          isComplete: try row.integer(5) == 1)
        return (try row.integer(0), state, seal)
      }
    }
  }

  /// The digest that an attachment's bytes were declared with.
  static func digest(_ row: ResultRow, _ column: Int, _ seal: RecordSeal) throws -> Digest {
    let opened = try seal.open(try row.sealed(column), at: .attachmentDigest)
    guard let digest = Digest(bytes: opened) else { throw StorageError(.damaged) }
    return digest
  }

  /// Writes what a group has of attachments.
  func write(_ writes: AttachmentWrites, _ db: Database) throws {
    guard !writes.isEmpty else { return }
    var contents: [Identifier: StoredContent] = [:]
    for attachment in writes.attachments.values {
      let content = try write(attachment, db)
      contents[attachment.upload.attachment] = content
      if writes.restarted.contains(attachment.upload.attachment) { try content.remove(db) }
    }
    for chunk in writes.chunks {
      guard let content = contents[chunk.attachment] else {
        throw StorageError(.inconsistent, record: chunk.attachment)
      }
      try content.add(chunk.content, at: chunk.offset, db)
    }
  }

  /// - Throws: `inconsistent` when there is no such record: its key seals the bytes.
  private func write(_ attachment: StoredAttachment, _ db: Database) throws -> StoredContent {
    let upload = attachment.upload
    guard let key = try recordRow(upload.attachment, db)?.key else {
      throw StorageError(.inconsistent, record: upload.attachment)
    }
    let seal = try keys.seal(of: upload.attachment, key)
    try db.run(
      """
      INSERT INTO attachment (record, actor, size, digest, stored, complete) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (record) DO UPDATE SET actor = excluded.actor, size = excluded.size,
        digest = excluded.digest, stored = excluded.stored, complete = excluded.complete
      """,
      [
        .blob(upload.attachment), .integer(try actors.row(attachment.actor, in: db)), .bits(upload.size),
        .sealed(try seal.seal(upload.digest.bytes, at: .attachmentDigest)), .bits(attachment.stored),
        .boolean(attachment.isComplete),
      ])
    let row = try db.first("SELECT id FROM attachment WHERE record = ?", [.blob(upload.attachment)]) {
      try $0.integer(0)
    }
    guard let row else { throw StorageError(.inconsistent, record: upload.attachment) }
    return StoredContent(attachment: row, sealed: seal)
  }
}
