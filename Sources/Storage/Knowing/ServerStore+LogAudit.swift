import CRDT
import GRDB
public import Replication
public import WireProtocol

/// The logs of knowing: what whoever reads all of them is told.
extension ServerStore {
  /// - Complexity: O(rows)
  public func rowsForAudit(of kind: LogKind, from first: UInt64, to end: UInt64) throws -> [AuditRow] {
    guard let log = logs[kind], first < end else { return [] }
    return try StorageError.translating {
      try database.inDatabase { db in
        var rows: [AuditRow] = []
        var next = first
        try db.forEach(
          """
          SELECT place, leaf, \(KeptLogRow.columns) FROM knowing_row
          WHERE log = ? AND place >= ? AND place < ? ORDER BY place
          """, [.integer(log.row), .bits(first), .bits(end)]
        ) { found in
          let place = try found.unsigned(0)
          while next < place {
            rows.append(AuditRow(row: nil, leaf: nil))
            next += 1
          }
          rows.append(AuditRow(row: told(found, kind, at: place), leaf: try? found.digest(1)))
          next = place + 1
        }
        // Those that are gone stand in their places, or the ones behind them would look wrong.
        while next < end {
          rows.append(AuditRow(row: nil, leaf: nil))
          next += 1
        }
        return rows
      }
    }
  }

  /// What is left of a row. One that was altered is told as it is now: whoever reads it finds that it is not
  /// the one that was signed.
  private func told(_ found: ResultRow, _ kind: LogKind, at place: UInt64) -> LogRow? {
    guard let kept = try? KeptLogRow(found, from: 2) else { return nil }
    return (try? kept.opened(kind, at: place, with: keys)) ?? (try? kept.blinded)
  }

  /// - Complexity: O(log n + checkpoints)
  public func logCheckpoints(
    of kind: LogKind, above size: UInt64, through last: UInt64, limit: Int
  ) throws -> [SignedCheckpoint] {
    guard let log = logs[kind] else { return [] }
    return try StorageError.translating {
      try database.inDatabase { db in
        try db.all(
          """
          SELECT body, signature FROM knowing_checkpoint
          WHERE log = ? AND size > ? AND size <= ? ORDER BY size LIMIT ?
          """, [.integer(log.row), .bits(size), .bits(last), .integer(limit)]
        ) { try? SignedCheckpoint(stored: $0, from: 0) }.compactMap { $0 }
      }
    }
  }
}
