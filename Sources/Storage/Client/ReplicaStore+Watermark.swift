import CRDT
import GRDB
import Replication
import WireProtocol

/// Letting go of the copies by which a restored server gets back what it lost, once backups contain them.
extension ReplicaStore {
  /// Lets go of what the server's two newest verified backups contain, and of nothing else: own accepted work
  /// up to an entry of the journal, and what was received before this session began. What was refused stays
  /// for its author, and the last judged entry to show a server that it was set back.
  ///
  /// - Throws: `StorageError`, and then nothing is gone.
  func apply(_ watermark: BackupWatermark) throws {
    try writing { db, staged in
      let meta = try meta(db)
      guard watermark.number > meta.lastOrder else { return }
      // What was written again after a fork or a restore stands in the journal up to here.
      let isHealed = !meta.isHealing && !meta.isUnproved && watermark.entries >= meta.reissuedUpTo
      var kept = meta.judgedEntries
      if watermark.entries < meta.journalEntry(ofRow: kept) {
        kept = meta.journalRow(of: watermark.entries) + 1
      }
      kept = min(kept, meta.judgedEntries)
      if !isHealed || !watermark.coversReceived { try dropOwn(after: meta.journalRow, before: kept, db) }
      if isHealed, watermark.coversReceived {
        try dropOwn(after: 0, before: kept, db)
        try dropChanges(
          where: "entry IS NULL AND id <= ? AND status IN (1, 2)", [.integer(meta.receivedUpTo)], db)
      }
      try stage(&staged, db) { $0.lastOrder = watermark.number }
      sent.removeAll()
    }
  }

  /// Drops accepted entries of the journal whose rows lie between, with their changes.
  private func dropOwn(after first: UInt64, before end: UInt64, _ db: Database) throws {
    guard end > first + 1 else { return }
    let entries = "SELECT number FROM entry WHERE number > ? AND number < ? AND status = 1"
    let bounds = [BoundValue.bits(first), .bits(end)]
    // What goes on behind them must still say what it chains to.
    try db.run(
      """
      UPDATE change SET previous = (SELECT p.digest FROM change p WHERE p.record = change.record
          AND p.actor = change.actor AND p.number = change.number - 1)
      WHERE previous IS NULL AND entry NOT NULL AND number > 1 AND EXISTS (SELECT 1 FROM change p
        WHERE p.record = change.record AND p.actor = change.actor AND p.number = change.number - 1
          AND p.entry IN (\(entries)))
      """, bounds)
    try dropChanges(where: "entry IN (\(entries))", bounds, db)
    try db.run("DELETE FROM entry WHERE number > ? AND number < ? AND status = 1", bounds)
  }

  /// Drops rows of changes.
  func dropChanges(where condition: String, _ values: [BoundValue], _ db: Database) throws {
    try sealed.removing(SealedRows.head(of: "content", in: "change") + " WHERE \(condition)", values, db)
    try db.run("DELETE FROM change WHERE \(condition)", values)
  }
}
