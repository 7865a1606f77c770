import CRDT
import CaseModel
import GRDB
public import Replication
import WireProtocol

/// Carrying out what the machine for attachments asks for.
extension ReplicaStore {
  /// Stores what the machine says, in one transaction. The server would say it again, so it need not be
  /// durable.
  ///
  /// - Throws: `StorageError` when it cannot be stored, and then nothing of it is; `gap` for bytes that do
  ///   not follow those that are here.
  public func carryOut(_ write: AttachmentMachine.Write) throws {
    try writing(.later) { db, _ in
      switch write {
      case .sent(let record, let bytes, let isComplete):
        let epoch = isComplete ? try meta(db).epoch : nil
        try db.run(
          "UPDATE attachment SET sent = ?, epoch = ?, refusal = NULL WHERE record = ? AND own = 1",
          [.bits(bytes), .blob(epoch), .blob(record)])
        if isComplete { try dropSealedBytes(of: record, db) }
      case .sendingRefused(let record, let code), .fetchFailed(let record, let code):
        try note(code, on: record, db)
      case .chunk(let chunk): try add(chunk, db)
      case .fetched(let record):
        try db.run(
          "UPDATE attachment SET whole = 1, wanted = 0, refusal = NULL, epoch = ? WHERE record = ?",
          [.blob(try meta(db).epoch), .blob(record)])
      case .available(let records): for record in records { try noteAvailable(record, db) }
      }
    }
  }

  private func note(_ code: ErrorCode, on record: Identifier, _ db: Database) throws {
    try db.run(
      "UPDATE attachment SET refusal = ?, wanted = 0 WHERE record = ?",
      [.integer(code.rawValue), .blob(record)])
    guard code == .digestMismatch else { return }
    let row = try db.first("SELECT id FROM attachment WHERE record = ? AND own = 0", [.blob(record)]) {
      try $0.integer(0)
    }
    guard let row else { return }
    try StoredContent(attachment: row, sealed: sealed).remove(db)
    try db.run("UPDATE attachment SET present = 0 WHERE id = ?", [.integer(row)])
  }

  private func add(_ chunk: AttachmentChunk, _ db: Database) throws {
    let found = try db.first(
      "SELECT id, present FROM attachment WHERE record = ? AND own = 0", [.blob(chunk.attachment)]
    ) { (row: try $0.integer(0), present: try $0.unsigned(1)) }
    guard let found, found.present == chunk.offset else { throw StorageError(.gap, record: chunk.attachment) }
    try StoredContent(attachment: found.row, sealed: sealed).add(chunk.content, at: chunk.offset, db)
    try db.run(
      "UPDATE attachment SET present = ? WHERE id = ?", [.bits(chunk.end), .integer(found.row)])
  }

  private func noteAvailable(_ record: Identifier, _ db: Database) throws {
    let epoch = try meta(db).epoch
    let known = try attachmentRow(record, db)
    if let known {
      return try db.run("UPDATE attachment SET epoch = ? WHERE id = ?", [.blob(epoch), .integer(known)])
    }
    guard let shown = try stored(record, db)?.caseRecord(try meta(db)), let facts = AttachmentFacts(shown),
      let digest = Digest(bytes: facts.digest)
    else { return }
    let stored = try sealedDigest(digest, of: record)
    try db.run(
      """
      INSERT INTO attachment (record, own, size, digest, present, whole, sent, epoch, wanted, added_at)
      VALUES (?, 0, ?, ?, 0, 0, 0, ?, 0, 0)
      """, [.blob(record), .bits(facts.size), .sealed(stored), .blob(epoch)])
    try sealed.wrote(stored)
  }
}
