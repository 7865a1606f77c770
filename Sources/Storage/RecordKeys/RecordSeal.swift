import CRDT

/// Seals and opens what a server's rows hold of one record.
struct RecordSeal: Sendable {
  let record: Identifier
  let key: RecordKey
  let options: RecordKeyOptions

  func seal(_ value: [UInt8], at place: RecordPlace) throws -> SealedValue {
    try ValueCipher.seal(
      value, under: key.secret, id: key.id.name, salt: options.salt(), options.format,
      at: place.encoded(in: record))
  }

  /// - Throws: `damaged` when it is not what was sealed for this place of this record.
  func open(_ value: SealedValue, at place: RecordPlace) throws -> [UInt8] {
    guard value.format == options.format, value.keyID == key.id.name else { throw StorageError(.damaged) }
    return try ValueCipher.open(value, under: key.secret, at: place.encoded(in: record))
  }
}
