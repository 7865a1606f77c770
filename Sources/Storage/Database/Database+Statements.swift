import GRDB
import GRDBSQLite

/// Statements are compiled once a connection, and run on SQLite itself: GRDB's rows and arguments take
/// several times as long as SQLite does with a small row. A statement must not be run again while its rows are
/// read.
extension Database {
  /// Runs a statement to its end.
  ///
  /// - Throws: `DatabaseError`
  func run(_ sql: String, _ values: [BoundValue] = []) throws {
    let statement = try bound(sql, values)
    defer { sqlite3_reset(statement) }
    while try step(statement) {}
  }

  /// Runs a body in a transaction, which is rolled back when the body throws.
  ///
  /// GRDB's own compiles BEGIN and COMMIT each time, which takes longer than either.
  func transaction<Result>(_ kind: Database.TransactionKind, _ body: () throws -> Result) throws -> Result {
    try run(kind == .immediate ? "BEGIN IMMEDIATE" : "BEGIN DEFERRED")
    do {
      let result = try body()
      try run("COMMIT")
      return result
    } catch {
      // SQLite has rolled back by itself after some errors.
      if isInsideTransaction { try? run("ROLLBACK") }
      throw error
    }
  }

  /// Reads the first row and lets the statement go.
  func first<Result>(
    _ sql: String, _ values: [BoundValue] = [], _ read: (ResultRow) throws -> Result
  ) throws -> Result? {
    let statement = try bound(sql, values)
    defer { sqlite3_reset(statement) }
    guard try step(statement) else { return nil }
    return try read(ResultRow(statement))
  }

  /// Reads every row.
  func all<Result>(
    _ sql: String, _ values: [BoundValue] = [], _ read: (ResultRow) throws -> Result
  ) throws -> [Result] {
    var results: [Result] = []
    try forEach(sql, values) { results.append(try read($0)) }
    return results
  }

  /// Reads every row, one at a time.
  func forEach(_ sql: String, _ values: [BoundValue] = [], _ body: (ResultRow) throws -> Void) throws {
    let statement = try bound(sql, values)
    defer { sqlite3_reset(statement) }
    while try step(statement) { try body(ResultRow(statement)) }
  }

  private func bound(_ sql: String, _ values: [BoundValue]) throws -> OpaquePointer {
    let statement = try cachedStatement(sql: sql).sqliteStatement
    precondition(sqlite3_bind_parameter_count(statement) == values.count, "a value for each parameter")
    for (index, value) in values.enumerated() {
      let code = value.bind(to: statement, at: Int32(index + 1))
      guard code == SQLITE_OK else { throw failure(code) }
    }
    return statement
  }

  /// - Returns: whether there is a row.
  private func step(_ statement: OpaquePointer) throws -> Bool {
    let code = sqlite3_step(statement)
    if code == SQLITE_ROW { return true }
    guard code == SQLITE_DONE else { throw failure(code) }
    return false
  }

  /// SQLite's message is left out: it may quote what a statement holds.
  private func failure(_ code: Int32) -> DatabaseError { DatabaseError(resultCode: ResultCode(rawValue: code)) }
}
