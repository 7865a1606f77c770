import CRDT
import GRDB
import Replication
import WireProtocol

/// A log of knowing that is appended to: a value, so that what a transaction appended is gone with it.
struct KnowingLog {
  /// Its row.
  let row: Int64
  let kind: LogKind
  /// Its name, in checkpoints.
  let id: Identifier
  /// How many of its rows the ledger has.
  var ledgered: UInt64
  private(set) var frontier: MerkleFrontier

  var size: UInt64 { frontier.size }

  // MARK: Opening

  /// Begins a log.
  static func begin(_ kind: LogKind, named id: Identifier, _ db: Database) throws -> KnowingLog {
    let row = try db.first("SELECT ifnull(max(id), 0) + 1 FROM knowing_log") { try $0.integer(0) } ?? 1
    try db.run(
      "INSERT INTO knowing_log (id, kind, wire, ledgered) VALUES (?, ?, ?, 0)",
      [.integer(row), .integer(Int64(kind.rawValue)), .blob(id)])
    return KnowingLog(row: row, kind: kind, id: id, ledgered: 0, frontier: MerkleFrontier())
  }

  /// The logs that go on.
  ///
  /// - Throws: `damaged` when a tree lacks a node.
  static func readAll(_ db: Database) throws -> [LogKind: KnowingLog] {
    var logs: [LogKind: KnowingLog] = [:]
    for kind in LogKind.allCases {
      logs[kind] = try read(where: "kind = ?", [.integer(Int64(kind.rawValue))], db)
    }
    return logs
  }

  /// A log by its name.
  static func named(_ id: Identifier, _ kind: LogKind, _ db: Database) throws -> KnowingLog? {
    try read(where: "kind = ? AND wire = ?", [.integer(Int64(kind.rawValue)), .blob(id)], db)
  }

  private static func read(
    where condition: String, _ values: [BoundValue], _ db: Database
  ) throws -> KnowingLog? {
    let found = try db.first(
      "SELECT id, kind, wire, ledgered FROM knowing_log WHERE \(condition) ORDER BY id DESC LIMIT 1", values
    ) {
      (
        row: try $0.integer(0), kind: try $0.integer(1), id: try $0.identifier(2),
        ledgered: try $0.unsigned(3)
      )
    }
    guard let found else { return nil }
    guard let kind = UInt8(exactly: found.kind).flatMap(LogKind.init) else { throw StorageError(.damaged) }
    let tree = try KnowingTree(log: found.row, db)
    return KnowingLog(
      row: found.row, kind: kind, id: found.id, ledgered: found.ledgered,
      frontier: try tree.frontier(size: tree.size))
  }

  // MARK: Appending

  /// Appends a row, and the subtrees that it completes.
  ///
  /// - Throws: `ProtocolError` when it is none.
  /// - Complexity: O(log n), O(1) on average
  mutating func append(_ kept: KeptLogRow, _ db: Database) throws {
    let leaf = try kept.blinded.leafHash(in: kind)
    try db.run(
      """
      INSERT INTO knowing_row (log, place, \(KeptLogRow.columns), leaf)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, [.integer(row), .bits(size)] + kept.values + [.blob(leaf)])
    if kind == .opened, case .entry(_, _, _, _, _, let digest) = kept {
      try db.run(
        "INSERT OR IGNORE INTO knowing_opened (digest, log, place) VALUES (?, ?, ?)",
        [.blob(digest), .integer(row), .bits(size)])
    }
    for completed in frontier.append(leaf) where completed.node.level > 0 {
      try db.run(
        "INSERT INTO knowing_node (log, level, position, hash) VALUES (?, ?, ?, ?)",
        [
          .integer(row), .integer(Int64(completed.node.level)), .bits(completed.node.index),
          .blob(completed.hash),
        ])
    }
  }

  /// Takes back all rows from a place on, as a replay does with those whose commit failed.
  mutating func truncate(to size: UInt64, _ db: Database) throws {
    guard size < self.size else { return }
    try db.run("DELETE FROM knowing_row WHERE log = ? AND place >= ?", [.integer(row), .bits(size)])
    try db.run("DELETE FROM knowing_opened WHERE log = ? AND place >= ?", [.integer(row), .bits(size)])
    for level in UInt64(1)...48 {
      try db.run(
        "DELETE FROM knowing_node WHERE log = ? AND level = ? AND position >= ?",
        [.integer(row), .bits(level), .bits(size >> level)])
    }
    frontier = try KnowingTree(log: row, db).frontier(size: size)
  }

  /// Notes that the ledger has all rows.
  mutating func noteLedgered(_ db: Database) throws {
    ledgered = size
    try db.run(
      "UPDATE knowing_log SET ledgered = ? WHERE id = ?", [.bits(ledgered), .integer(row)])
  }
}
