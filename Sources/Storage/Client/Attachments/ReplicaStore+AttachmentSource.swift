public import CRDT
import CaseModel
import GRDB
public import Replication
import WireProtocol

/// What the machine for attachments reads.
extension ReplicaStore: AttachmentReplica {
  public func nextUpload(besides skipped: Set<Identifier>) throws -> OwnAttachment? {
    try reading { db in
      let epoch = try meta(db).epoch
      // A right that was lost may have come back since; what else is refused stays so.
      let rights = [ErrorCode.notAvailable, .forbidden, .notConfirmed].map { BoundValue.integer($0.rawValue) }
      let waiting = try db.all(
        """
        SELECT record, size, digest, sent, \(Self.isBroughtInByACopy) FROM attachment
        WHERE own = 1 AND present = size AND epoch IS NOT ? AND (refusal IS NULL OR refusal IN (?, ?, ?))
        ORDER BY refusal IS NOT NULL, id
        """, [.blob(epoch)] + rights
      ) { row in
        let record = try row.identifier(0)
        let upload = Upload(
          attachment: record, size: try row.unsigned(1),
          digest: try attachmentDigest(row, 2, of: record))
        return (
          own: OwnAttachment(upload: upload, stored: try row.unsigned(3)),
          isBroughtIn: try row.integer(4) == 1
        )
      }
      // The server takes no bytes of a record that it does not have.
      return try waiting.first { own, isBroughtIn in
        guard !skipped.contains(own.upload.attachment) else { return false }
        return try isBroughtIn || stored(own.upload.attachment, db)?.snapshot.facts != nil
      }?.own
    }
  }

  public func nextFetch() throws -> WantedAttachment? {
    try reading { db in
      try db.first(
        "SELECT record, size, digest, present FROM attachment WHERE wanted = 1 ORDER BY id LIMIT 1"
      ) { row in
        let record = try row.identifier(0)
        return WantedAttachment(
          record: record, size: try row.unsigned(1), digest: try attachmentDigest(row, 2, of: record),
          present: try row.unsigned(3))
      }
    }
  }

  public func awaited(besides known: Set<Identifier>, limit: Int) throws -> [Identifier] {
    try reading { db in
      let found = try db.all(
        """
        SELECT r.wire FROM record r LEFT JOIN attachment a ON a.record = r.wire
        WHERE r.kind = ? AND r.generation > 0 AND ifnull(a.own, 0) = 0 AND a.epoch IS NOT ? ORDER BY r.id
        """, [.integer(RecordKind.attachment.rawValue), .blob(try meta(db).epoch)]
      ) { try $0.identifier(0) }
      return Array(found.lazy.filter { !known.contains($0) }.prefix(limit))
    }
  }
}
