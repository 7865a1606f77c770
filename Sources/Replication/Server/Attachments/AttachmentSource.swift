public import CRDT

/// What the server's machine reads of attachments' bytes.
public protocol AttachmentSource {
  /// How an attachment's bytes stand; `nil` when nobody began to send them.
  func attachment(_ record: Identifier) throws -> StoredAttachment?
  /// How many attachments a device began to send and did not finish.
  func unfinishedUploads(of actor: ActorID) throws -> Int
  /// Bytes of an attachment from an offset on: as many as are asked for, or as are stored.
  func content(of record: Identifier, at offset: UInt64, count: Int) throws -> [UInt8]
}
