public import CRDT
import GRDB
public import Replication
import WireProtocol

/// Attachments' bytes, beside the log: they share the groups' transactions, and nothing is said to be here
/// before it is durable.
extension ServerStore {
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
        return try StoredContent(attachment: stored.row).read(at: offset, count: count, db)
      }
    }
  }

  private func storedAttachment(_ record: Identifier, _ db: Database) throws -> (
    row: Int64, state: StoredAttachment
  )? {
    try db.first(
      "SELECT id, actor, size, digest, stored, complete FROM attachment WHERE record = ?", [.blob(record)]
    ) { row in
      let upload = Upload(attachment: record, size: try row.unsigned(2), digest: try row.digest(3))
      return (
        try row.integer(0),
        StoredAttachment(
          upload: upload, actor: try actors.key(try row.integer(1)), stored: try row.unsigned(4),
          isComplete: try row.integer(5) == 1)
      )
    }
  }

  /// Writes what a group has of attachments.
  func write(_ writes: AttachmentWrites, _ db: Database) throws {
    guard !writes.isEmpty else { return }
    var rows: [Identifier: Int64] = [:]
    for attachment in writes.attachments.values {
      let upload = attachment.upload
      try db.run(
        """
        INSERT INTO attachment (record, actor, size, digest, stored, complete) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (record) DO UPDATE SET actor = excluded.actor, size = excluded.size,
          digest = excluded.digest, stored = excluded.stored, complete = excluded.complete
        """,
        [
          .blob(upload.attachment), .integer(try actors.row(attachment.actor, in: db)), .bits(upload.size),
          .blob(upload.digest), .bits(attachment.stored), .boolean(attachment.isComplete),
        ])
      let row = try db.first("SELECT id FROM attachment WHERE record = ?", [.blob(upload.attachment)]) {
        try $0.integer(0)
      }
      rows[upload.attachment] = row
      if writes.restarted.contains(upload.attachment), let row {
        try StoredContent(attachment: row).remove(db)
      }
    }
    for chunk in writes.chunks {
      guard let row = rows[chunk.attachment] else {
        throw StorageError(.inconsistent, record: chunk.attachment)
      }
      try StoredContent(attachment: row).add(chunk.content, at: chunk.offset, db)
    }
  }
}
