import CRDT
import WireProtocol

/// Tells whether the header and the payload of a change are as they were stored: the first 64 bits of SHA-256
/// over both. It is there to find what a disk does to bytes, not what a person does.
enum ContentCheck {
  static func of(_ header: [UInt8], _ payload: [UInt8]?) -> BoundValue { .bits(value(header, payload)) }

  /// - Throws: `damaged` when they are not.
  static func require(
    _ stored: Int64, of header: [UInt8], _ payload: [UInt8]?, in record: Identifier
  ) throws {
    guard value(header, payload) == UInt64(bitPattern: stored) else {
      throw StorageError(.damaged, record: record)
    }
  }

  private static func value(_ header: [UInt8], _ payload: [UInt8]?) -> UInt64 {
    Digest(hashing: header + (payload ?? [])).firstWord
  }
}
