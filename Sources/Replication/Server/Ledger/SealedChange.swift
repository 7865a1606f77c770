public import CRDT

/// A change of what governs access as it stands in a ledger: sealed under its record's key, so that it is
/// gone when that is destroyed.
public struct SealedChange: Hashable, Sendable {
  /// The record.
  public let record: Identifier
  /// Names the key that the record had.
  public let key: UInt64
  /// The first eight bytes of the change's digest: two changes of a record cannot take each other's places.
  public let digest: UInt64
  /// An encoded `OfferedChange`, sealed.
  public let content: [UInt8]

  /// Describes a sealed change.
  public init(record: Identifier, key: UInt64, digest: UInt64, content: [UInt8]) {
    self.record = record
    self.key = key
    self.digest = digest
    self.content = content
  }
}
