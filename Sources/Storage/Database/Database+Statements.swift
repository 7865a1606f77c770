import CRDT
import Foundation
import GRDB
import WireProtocol

/// Statements are compiled once a connection. A cached statement must not be run again while its rows are
/// read.
extension Database {
  func run(_ sql: String, _ values: [DatabaseValue] = []) throws {
    try statement(sql, values).execute()
  }

  func rows(_ sql: String, _ values: [DatabaseValue] = []) throws -> RowCursor {
    try Row.fetchCursor(try statement(sql, values))
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

  /// A statement with its values bound.
  ///
  /// They are bound here one by one: GRDB's `StatementArguments` takes several times as long as SQLite does
  /// to insert the row. Setting no arguments resets the statement, which must come first.
  private func statement(_ sql: String, _ values: [DatabaseValue]) throws -> Statement {
    let statement = try cachedStatement(sql: sql)
    statement.setUncheckedArguments(StatementArguments())
    var index: Int32 = 0
    for value in values {
      index += 1
      guard value.bind(to: statement.sqliteStatement, at: index) == 0 else { throw StorageError(.database) }
    }
    return statement
  }

  /// Reads the first row and lets the statement go.
  func first<Result>(
    _ sql: String, _ values: [DatabaseValue] = [], _ read: (Row) throws -> Result
  ) throws -> Result? {
    let cursor = try rows(sql, values)
    guard let row = try cursor.next() else { return nil }
    return try read(row)
  }

  /// Reads every row.
  func all<Result>(
    _ sql: String, _ values: [DatabaseValue] = [], _ read: (Row) throws -> Result
  ) throws -> [Result] {
    var results: [Result] = []
    let cursor = try rows(sql, values)
    while let row = try cursor.next() { results.append(try read(row)) }
    return results
  }
}

extension Row {
  /// A column of bytes; `nil` for NULL.
  func bytes(_ index: Int) throws -> [UInt8]? {
    if hasNull(atIndex: index) { return nil }
    return try withUnsafeData(atIndex: index) { $0.map { Array($0) } ?? [] }
  }

  /// A column of bytes that is never NULL.
  func blob(_ index: Int) throws -> [UInt8] {
    guard let bytes = try bytes(index) else { throw StorageError(.damaged) }
    return bytes
  }

  func identifier(_ index: Int) throws -> Identifier {
    guard let identifier = try optionalIdentifier(index) else { throw StorageError(.damaged) }
    return identifier
  }

  func optionalIdentifier(_ index: Int) throws -> Identifier? {
    if hasNull(atIndex: index) { return nil }
    return try withUnsafeData(atIndex: index) { data in
      guard let data, data.count == 16 else { throw StorageError(.damaged) }
      // Two loads in place of a walk through a collection: this is on every path.
      return data.withUnsafeBytes { bytes in
        Identifier(
          high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
          low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
      }
    }
  }

  func digest(_ index: Int) throws -> Digest {
    try withUnsafeData(atIndex: index) { data in
      guard let data, let digest = data.withUnsafeBytes({ Digest(bytes: $0) }) else {
        throw StorageError(.damaged)
      }
      return digest
    }
  }

  func integer(_ index: Int) throws -> Int64 {
    guard let value = optionalInteger(index) else { throw StorageError(.damaged) }
    return value
  }

  /// A column of a number; `nil` for NULL, and for what damage made of a number.
  func optionalInteger(_ index: Int) -> Int64? { Int64.fromDatabaseValue(self[index]) }

  func text(_ index: Int) throws -> String {
    guard let value = String.fromDatabaseValue(self[index]) else { throw StorageError(.damaged) }
    return value
  }

  /// An unsigned number that was stored by its bits.
  func unsigned(_ index: Int) throws -> UInt64 { UInt64(bitPattern: try integer(index)) }

  func actor(_ index: Int) throws -> ActorID { ActorID(rawValue: try unsigned(index)) }
}

extension DatabaseValue {
  static func blob(_ bytes: [UInt8]) -> DatabaseValue { Data(bytes).databaseValue }
  static func blob(_ bytes: [UInt8]?) -> DatabaseValue { bytes.map { .blob($0) } ?? .null }
  static func blob(_ identifier: Identifier) -> DatabaseValue { .blob(identifier.bytes) }
  static func blob(_ identifier: Identifier?) -> DatabaseValue { identifier.map { .blob($0) } ?? .null }
  static func blob(_ digest: Digest) -> DatabaseValue {
    digest.withUnsafeBytes { Data($0) }.databaseValue
  }
  static func integer(_ value: Int64) -> DatabaseValue { value.databaseValue }
  static func integer(_ value: Int64?) -> DatabaseValue { value.map(\.databaseValue) ?? .null }
  static func integer(_ value: Int) -> DatabaseValue { Int64(value).databaseValue }
  static func integer(_ value: UInt32) -> DatabaseValue { Int64(value).databaseValue }
  static func boolean(_ value: Bool) -> DatabaseValue { Int64(value ? 1 : 0).databaseValue }
  /// An unsigned number by its bits.
  static func bits(_ value: UInt64) -> DatabaseValue { Int64(bitPattern: value).databaseValue }
  static func bits(_ actor: ActorID) -> DatabaseValue { .bits(actor.rawValue) }
  static func text(_ value: String) -> DatabaseValue { value.databaseValue }
}
