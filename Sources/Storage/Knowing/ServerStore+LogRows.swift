public import CRDT
import GRDB
import Replication
public import WireProtocol

/// The logs of knowing: what is told of them.
extension ServerStore {
  public func inclusionProof(of kind: LogKind, at place: UInt64, size: UInt64) throws -> InclusionProof {
    guard let log = logs[kind] else { throw StorageError(.inconsistent) }
    return try StorageError.translating {
      try database.inDatabase { db in
        try KnowingTree(log: log.row, db).inclusionProof(ofLeaf: place, size: size)
      }
    }
  }

  public func hasOpened(_ event: Digest) throws -> Bool {
    guard let log = logs[.opened] else { return false }
    return try StorageError.translating {
      try database.inDatabase { db in
        try db.first(
          "SELECT 1 FROM knowing_opened WHERE digest = ? AND log = ?", [.blob(event), .integer(log.row)]
        ) { _ in true } ?? false
      }
    }
  }

  /// - Complexity: O(log n)
  public func openedRow(_ event: Digest, before size: UInt64) throws -> (place: UInt64, row: LogRow)? {
    guard let log = logs[.opened] else { return nil }
    return try StorageError.translating {
      try database.inDatabase { db in
        let place = try db.first(
          """
          SELECT place FROM knowing_opened WHERE digest = ? AND log = ? AND place < ?
            AND EXISTS (SELECT 1 FROM knowing_checkpoint WHERE log = knowing_opened.log AND size >= ?)
          """, [.blob(event), .integer(log.row), .bits(size), .bits(size)]
        ) { try $0.unsigned(0) }
        guard let place else { return nil }
        let kept = try db.first(
          "SELECT \(KeptLogRow.columns) FROM knowing_row WHERE log = ? AND place = ?",
          [.integer(log.row), .bits(place)]
        ) { try KeptLogRow($0, from: 0) }
        guard let kept else { throw StorageError(.damaged) }
        do { return (place, try kept.blinded) } catch { throw StorageError(.damaged) }
      }
    }
  }

  /// - Complexity: O(rows about the record), by their index
  public func logRows(
    of kind: LogKind, about record: Identifier, since time: Int64, from first: UInt64, to end: UInt64,
    limit: Int
  ) throws -> [(place: UInt64, row: LogRow)] {
    guard let log = logs[kind] else { return [] }
    return try StorageError.translating {
      try database.inDatabase { db in
        let kept = try db.all(
          """
          SELECT place, \(KeptLogRow.columns) FROM knowing_row
          WHERE record = ? AND log = ? AND place >= ? AND place < ? AND recorded_at >= ?
          ORDER BY place LIMIT ?
          """,
          [
            .blob(record), .integer(log.row), .bits(first), .bits(end), .integer(time), .integer(limit),
          ]
        ) { (place: try $0.unsigned(0), row: try KeptLogRow($0, from: 1)) }
        return try kept.map { place, kept in (place, try kept.opened(kind, at: place, with: keys)) }
      }
    }
  }
}
