import CRDT
import GRDBSQLite
import WireProtocol

/// A value of a statement's parameter, or of a column as it is stored.
struct BoundValue: Hashable {
  private enum Content: Hashable {
    case null
    case integer(Int64)
    case text(String)
    case blob([UInt8])
    case identifier(Identifier)
    case digest(Digest)
  }

  private let content: Content

  static let null = BoundValue(content: .null)
  static func blob(_ bytes: [UInt8]) -> BoundValue { BoundValue(content: .blob(bytes)) }
  static func blob(_ bytes: [UInt8]?) -> BoundValue { bytes.map { .blob($0) } ?? .null }
  static func blob(_ identifier: Identifier) -> BoundValue { BoundValue(content: .identifier(identifier)) }
  static func blob(_ identifier: Identifier?) -> BoundValue { identifier.map { .blob($0) } ?? .null }
  static func blob(_ digest: Digest) -> BoundValue { BoundValue(content: .digest(digest)) }
  static func integer(_ value: Int64) -> BoundValue { BoundValue(content: .integer(value)) }
  static func integer(_ value: Int64?) -> BoundValue { value.map { .integer($0) } ?? .null }
  static func integer(_ value: Int) -> BoundValue { .integer(Int64(value)) }
  static func integer(_ value: UInt32) -> BoundValue { .integer(Int64(value)) }
  static func boolean(_ value: Bool) -> BoundValue { .integer(Int64(value ? 1 : 0)) }
  /// An unsigned number by its bits.
  static func bits(_ value: UInt64) -> BoundValue { .integer(Int64(bitPattern: value)) }
  static func bits(_ actor: ActorID) -> BoundValue { .bits(actor.rawValue) }
  static func text(_ value: String) -> BoundValue { BoundValue(content: .text(value)) }

  /// The number, if it is one.
  var integer: Int64? { if case .integer(let value) = content { value } else { nil } }
  /// The text, if it is one.
  var text: String? { if case .text(let value) = content { value } else { nil } }
  /// The bytes, if they are.
  var bytes: [UInt8]? {
    switch content {
    case .blob(let bytes): bytes
    case .identifier(let identifier): identifier.bytes
    case .digest(let digest): digest.bytes
    case .null, .integer, .text: nil
    }
  }

  /// Hands the value to a statement, which copies it.
  ///
  /// - Returns: SQLite's result code.
  func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    switch content {
    case .null: return sqlite3_bind_null(statement, index)
    case .integer(let value): return sqlite3_bind_int64(statement, index, value)
    case .text(var text):
      return text.withUTF8 {
        sqlite3_bind_text64(
          statement, index, $0.baseAddress, sqlite3_uint64($0.count), Self.copied, UInt8(SQLITE_UTF8))
      }
    case .blob(let bytes): return bytes.withUnsafeBytes { Self.bind($0, to: statement, at: index) }
    case .identifier(let identifier):
      return withUnsafeBytes(of: (identifier.high.bigEndian, identifier.low.bigEndian)) {
        Self.bind($0, to: statement, at: index)
      }
    case .digest(let digest): return digest.withUnsafeBytes { Self.bind($0, to: statement, at: index) }
    }
  }

  private static func bind(_ bytes: UnsafeRawBufferPointer, to statement: OpaquePointer, at index: Int32) -> Int32 {
    // Without an address SQLite would take it for NULL.
    guard let start = bytes.baseAddress, !bytes.isEmpty else { return sqlite3_bind_zeroblob(statement, index, 0) }
    return sqlite3_bind_blob64(statement, index, start, sqlite3_uint64(bytes.count), copied)
  }

  /// SQLITE_TRANSIENT, which is a cast that Swift does not import.
  private static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
}
