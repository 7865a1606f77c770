public import CRDT

/// What a group writes of attachments' bytes.
public struct AttachmentWrites: Sendable {
  /// How attachments that the group moved stand after it.
  public var attachments: [Identifier: StoredAttachment] = [:]
  /// Attachments of which everything that was stored before the group goes.
  public var restarted: Set<Identifier> = []
  /// New pieces; of one attachment in their order and without gaps.
  public var chunks: [AttachmentChunk] = []
  /// Attachments whose bytes are all here since this group.
  public var completed: [Identifier] = []

  /// Nothing is written.
  public init() {}

  /// Whether there is nothing to write.
  public var isEmpty: Bool { attachments.isEmpty }

  /// Drops what was stored of an attachment.
  mutating func restart(_ attachment: Identifier) {
    restarted.insert(attachment)
    chunks.removeAll { $0.attachment == attachment }
  }
}
