import CRDT

/// The persons whose data a record holds, as its row has them: 16 bytes each.
enum AboutCoding {
  static func encode(_ persons: [Identifier]) -> [UInt8] { persons.flatMap(\.bytes) }

  /// - Throws: `damaged` when the bytes are no identifiers.
  static func decode(_ bytes: [UInt8]) throws -> [Identifier] {
    guard bytes.count.isMultiple(of: 16) else { throw StorageError(.damaged) }
    return try stride(from: 0, to: bytes.count, by: 16).map { start in
      guard let person = Identifier(bytes: bytes[start..<start + 16]) else { throw StorageError(.damaged) }
      return person
    }
  }
}
