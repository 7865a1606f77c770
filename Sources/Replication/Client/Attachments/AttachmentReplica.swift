public import CRDT

/// What the client's machine reads of attachments in its replica.
public protocol AttachmentReplica {
  /// The next attachment to send: its record is accepted, and the server is not known to have its bytes nor
  /// to refuse them for good.
  func nextUpload(besides skipped: Set<Identifier>) throws -> OwnAttachment?
  /// The next attachment to fetch.
  func nextFetch() throws -> WantedAttachment?
  /// Attachments of others of which it is not known that all their bytes are at the server.
  func awaited(besides known: Set<Identifier>, limit: Int) throws -> [Identifier]
  /// Bytes of an attachment that are here, from an offset on: as many as are asked for, or as there are.
  func content(of record: Identifier, at offset: UInt64, count: Int) throws -> [UInt8]
}
