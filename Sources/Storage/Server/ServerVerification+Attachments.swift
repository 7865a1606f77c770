import CRDT
import GRDB
import Replication
import WireProtocol

extension ServerVerification {
  /// Reads every attachment: its pieces follow each other and are what was stored, and those of a complete
  /// one have the digest that was declared. Those whose record was erased are passed over.
  mutating func checkAttachments(_ db: Database) throws {
    let rows = try db.all(
      """
      SELECT a.id, a.record, r.key_id, a.size, a.digest, a.stored, a.complete
      FROM attachment a LEFT JOIN record r ON r.wire = a.record ORDER BY a.id
      """, []
    ) { try attachmentRow($0) }
    for case let row? in rows {
      report.attachments += 1
      let content = StoredContent(attachment: row.id, sealed: row.seal)
      var running = RunningDigest()
      while running.byteCount < row.stored {
        let count = Int(min(row.stored - running.byteCount, UInt64(Limits.chunkBytes)))
        guard let piece = try? content.read(at: running.byteCount, count: count, db), piece.count == count
        else { break }
        running.add(piece)
      }
      let isWhole = !row.isComplete || row.stored == row.size && running.digest == row.digest
      if running.byteCount != row.stored || !isWhole { report.add(.attachment, record: row.seal.record) }
    }
  }

  private struct AttachmentRow {
    let id: Int64
    let seal: RecordSeal
    let size: UInt64
    let digest: Digest
    let stored: UInt64
    let isComplete: Bool
  }

  /// - Returns: `nil` for one that was erased, or that cannot be opened, which is noted.
  private mutating func attachmentRow(_ row: ResultRow) throws -> AttachmentRow? {
    let record = try row.identifier(1)
    do {
      let seal = try keys.seal(of: record, try row.key(2))
      return AttachmentRow(
        id: try row.integer(0), seal: seal, size: try row.unsigned(3),
        digest: try ServerStore.digest(row, 4, seal), stored: try row.unsigned(5),
        isComplete: try row.integer(6) == 1)
    } catch let error as StorageError where error.code == .erased {
      return nil
    } catch {
      report.add(.attachment, record: record)
      return nil
    }
  }
}
