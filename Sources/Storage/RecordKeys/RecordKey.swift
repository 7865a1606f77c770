import Crypto

/// Names the key of a record: in which order it was made, and 32 random bits, so that a key database that was
/// set back gives no name a second time.
struct RecordKeyID: Hashable, Comparable, Sendable {
  let rawValue: Int64

  init(rawValue: Int64) { self.rawValue = rawValue }

  /// - Throws: `tooLarge` where there is no number left.
  init(number: Int64, name: UInt32) throws {
    guard number > 0, number < 1 << 31 else { throw StorageError(.tooLarge) }
    rawValue = number << 32 | Int64(name)
  }

  /// Which key it is, from 1.
  var number: Int64 { rawValue >> 32 }
  /// The random bits. They name the key in what is sealed under it.
  var name: UInt32 { UInt32(truncatingIfNeeded: rawValue) }

  /// Before every key.
  static let none = RecordKeyID(rawValue: 0)

  static func < (left: RecordKeyID, right: RecordKeyID) -> Bool { left.rawValue < right.rawValue }
}

/// A key that the content of one record is sealed under on a server.
struct RecordKey: Sendable {
  /// How many bytes a secret has.
  static let byteCount = 32

  let id: RecordKeyID
  let secret: SymmetricKey
}

extension BoundValue {
  static func key(_ id: RecordKeyID) -> BoundValue { .integer(id.rawValue) }
}

extension ResultRow {
  func key(_ index: Int) throws -> RecordKeyID { RecordKeyID(rawValue: try integer(index)) }
}
