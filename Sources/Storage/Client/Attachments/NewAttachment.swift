public import CRDT
public import WireProtocol

/// A file that is attached here: its bytes are stored with the record that names them, in one transaction.
public struct NewAttachment: Sendable {
  /// The attachment record.
  public let record: Identifier
  /// The bytes.
  public let content: [UInt8]
  /// SHA-256 of them.
  public let digest: Digest

  /// Describes a file; its digest is computed here.
  public init(record: Identifier, content: [UInt8]) {
    self.record = record
    self.content = content
    var running = RunningDigest()
    running.add(content)
    digest = running.digest
  }
}
