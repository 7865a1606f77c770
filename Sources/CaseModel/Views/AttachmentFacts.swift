public import CRDT

/// What an attachment record says of its bytes, as far as it says it well.
public struct AttachmentFacts: Sendable, Hashable {
  /// The attachment record.
  public let record: Identifier
  /// How many bytes there are.
  public let size: UInt64
  /// SHA-256 of them, 32 bytes.
  public let digest: [UInt8]

  /// Reads a record; `nil` for one that is no attachment, or does not say what its bytes are.
  public init?(_ record: CaseRecord) {
    guard record.kind == .attachment, let size = record.integer(Field.Attachment.size), size >= 0,
      case .bytes(let digest)? = record.value(Field.Attachment.digest), digest.count == 32
    else { return nil }
    self.record = record.id
    self.size = UInt64(size)
    self.digest = digest
  }
}
