import CRDT
import GRDBSQLite
import WireProtocol

/// The row at which a statement stands, until the statement goes on. What a column holds beside what is asked
/// for is damage.
struct ResultRow {
  private let statement: OpaquePointer

  init(_ statement: OpaquePointer) { self.statement = statement }

  private func type(_ index: Int) -> Int32 { sqlite3_column_type(statement, Int32(index)) }

  private func withBytes<Result>(_ index: Int, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    // The bytes first: asking for their number may convert them.
    let start = sqlite3_column_blob(statement, Int32(index))
    return try body(
      UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, Int32(index)))))
  }

  /// A column of bytes; `nil` for NULL.
  func bytes(_ index: Int) throws -> [UInt8]? {
    if type(index) == SQLITE_NULL { return nil }
    guard type(index) == SQLITE_BLOB else { throw StorageError(.damaged) }
    return withBytes(index) { Array($0) }
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
    if type(index) == SQLITE_NULL { return nil }
    return try withBytes(index) { bytes in
      guard bytes.count == 16, type(index) == SQLITE_BLOB else { throw StorageError(.damaged) }
      return Identifier(
        high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
        low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
    }
  }

  func digest(_ index: Int) throws -> Digest {
    try withBytes(index) { bytes in
      guard type(index) == SQLITE_BLOB, let digest = Digest(loadedFrom: bytes) else {
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
  func optionalInteger(_ index: Int) -> Int64? {
    type(index) == SQLITE_INTEGER ? sqlite3_column_int64(statement, Int32(index)) : nil
  }

  func text(_ index: Int) throws -> String {
    guard type(index) == SQLITE_TEXT, let text = withBytes(index, { String(validating: $0, as: UTF8.self) })
    else { throw StorageError(.damaged) }
    return text
  }

  /// An unsigned number that was stored by its bits.
  func unsigned(_ index: Int) throws -> UInt64 { UInt64(bitPattern: try integer(index)) }

  func actor(_ index: Int) throws -> ActorID { ActorID(rawValue: try unsigned(index)) }

  /// A column as it is stored; what is none of a number, a text and bytes is NULL.
  func value(_ index: Int) throws -> BoundValue {
    switch type(index) {
    case SQLITE_INTEGER: .integer(try integer(index))
    case SQLITE_TEXT: .text(try text(index))
    case SQLITE_BLOB: .blob(try blob(index))
    default: .null
    }
  }
}
