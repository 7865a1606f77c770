import GRDBSQLite
import WireProtocol

/// A bare SQLite table with a row a change, two indices, and the settings of the server's store: what storing
/// costs that checks nothing.
final class BareTable {
  private static let digest = [UInt8](repeating: 7, count: 32)
  private static let stamp = [UInt8](repeating: 7, count: 32)

  private var connection: OpaquePointer?
  private var statement: OpaquePointer?

  init(path: String) throws {
    try check(sqlite3_open(path, &connection))
    try run("PRAGMA journal_mode = WAL")
    try run("PRAGMA synchronous = FULL")
    try run("PRAGMA wal_autocheckpoint = 0")
    try run("PRAGMA cache_size = -65536")
    try run(
      """
      CREATE TABLE change (
        position INTEGER PRIMARY KEY, record BLOB NOT NULL, actor INTEGER NOT NULL, number INTEGER NOT NULL,
        header BLOB NOT NULL, payload BLOB NOT NULL, digest BLOB NOT NULL, stamp BLOB NOT NULL);
      CREATE UNIQUE INDEX change_number ON change (record, actor, number);
      CREATE INDEX change_record ON change (record);
      """)
    try check(
      sqlite3_prepare_v2(
        connection,
        """
        INSERT INTO change (record, actor, number, header, payload, digest, stamp) VALUES (?, ?, ?, ?, ?, ?, ?)
        """, -1, &statement, nil))
  }

  deinit {
    sqlite3_finalize(statement)
    sqlite3_close(connection)
  }

  /// Inserts changes in one transaction, on the disk when it returns.
  func insert(_ changes: ArraySlice<EncodedChange>) throws {
    try run("BEGIN IMMEDIATE")
    for change in changes {
      let header = change.header
      try bind(header.record.bytes, at: 1)
      try check(sqlite3_bind_int64(statement, 2, Int64(bitPattern: header.id.actor.rawValue)))
      try check(sqlite3_bind_int64(statement, 3, Int64(bitPattern: header.id.number)))
      try bind(header.canonicalBytes, at: 4)
      try bind(change.payload, at: 5)
      // As many bytes as the server keeps of its own: a digest, and what makes up a stamp.
      try bind(Self.digest, at: 6)
      try bind(Self.stamp, at: 7)
      guard sqlite3_step(statement) == SQLITE_DONE else { throw BenchmarkError(description: "SQLite failed") }
      sqlite3_reset(statement)
    }
    try run("COMMIT")
  }

  private func bind(_ bytes: [UInt8], at index: Int32) throws {
    let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    try bytes.withUnsafeBytes {
      try check(sqlite3_bind_blob(statement, index, $0.baseAddress, Int32($0.count), copied))
    }
  }

  private func run(_ sql: String) throws { try check(sqlite3_exec(connection, sql, nil, nil, nil)) }

  private func check(_ code: Int32) throws {
    guard code == SQLITE_OK else { throw BenchmarkError(description: "SQLite says \(code)") }
  }
}
