import CRDT
import GRDB

/// Seals and opens the pieces of attachments, as either store does.
protocol ContentSeal {
  func sealed(_ content: [UInt8], attachment: Int64, at start: UInt64) throws -> SealedValue
  /// - Throws: `damaged` when it is not what was stored there.
  func opened(_ value: SealedValue, attachment: Int64, at start: UInt64) throws -> [UInt8]
  /// A row with the value was written.
  func wrote(_ value: SealedValue) throws
  /// The rows whose sealed values a query gives are about to be removed.
  func removing(_ query: String, _ values: [BoundValue], _ db: Database) throws
}

extension SealedRows: ContentSeal {
  func sealed(_ content: [UInt8], attachment: Int64, at start: UInt64) throws -> SealedValue {
    try sealed(content, at: .attachmentChunk(attachment: attachment, start: start))
  }

  func opened(_ value: SealedValue, attachment: Int64, at start: UInt64) throws -> [UInt8] {
    try opened(value, at: .attachmentChunk(attachment: attachment, start: start))
  }
}

/// The attachment's record has the key. A server keeps no sum over its rows: its log is chained.
extension RecordSeal: ContentSeal {
  func sealed(_ content: [UInt8], attachment: Int64, at start: UInt64) throws -> SealedValue {
    try seal(content, at: .attachmentChunk(start: start))
  }

  func opened(_ value: SealedValue, attachment: Int64, at start: UInt64) throws -> [UInt8] {
    try open(value, at: .attachmentChunk(start: start))
  }

  func wrote(_ value: SealedValue) {}

  func removing(_ query: String, _ values: [BoundValue], _ db: Database) {}
}
