import CRDT
import GRDB
import Replication
import WireProtocol

extension ServerVerification {
  /// Reads every attachment: its pieces follow each other and are what was stored, and those of a complete
  /// one have the digest that was declared.
  mutating func checkAttachments(_ db: Database) throws {
    let rows = try db.all(
      "SELECT id, record, size, digest, stored, complete FROM attachment ORDER BY id", []
    ) { row in
      (
        id: try row.integer(0), record: try row.identifier(1), size: try row.unsigned(2),
        digest: try row.digest(3), stored: try row.unsigned(4), isComplete: try row.integer(5) == 1
      )
    }
    for row in rows {
      report.attachments += 1
      let content = StoredContent(attachment: row.id)
      var running = RunningDigest()
      while running.byteCount < row.stored {
        let count = Int(min(row.stored - running.byteCount, UInt64(Limits.chunkBytes)))
        guard let piece = try? content.read(at: running.byteCount, count: count, db), piece.count == count
        else { break }
        running.add(piece)
      }
      let isWhole = !row.isComplete || row.stored == row.size && running.digest == row.digest
      if running.byteCount != row.stored || !isWhole { report.add(.attachment, record: row.record) }
    }
  }
}
