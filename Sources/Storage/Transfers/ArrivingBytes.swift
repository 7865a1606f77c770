import CRDT
import Replication
import WireProtocol

/// The bytes of one attachment that comes from another tenant.
struct ArrivingBytes {
  private var attachment: StoredAttachment
  private var digest = RunningDigest()
  /// Whether all of it is here already, so that what comes is passed over.
  private let isHere: Bool
  private var isFirst = true

  init(_ attachment: StoredAttachment, in store: ServerStore) throws {
    self.attachment = attachment
    let record = attachment.upload.attachment
    isHere = try store.isErased(record) || store.attachment(record)?.isComplete == true
  }

  /// - Throws: `TransferError` `malformed` for a piece that is not the next.
  mutating func add(_ chunk: AttachmentChunk, in store: ServerStore) throws {
    guard chunk.attachment == attachment.upload.attachment, chunk.offset == digest.byteCount,
      chunk.end <= attachment.upload.size
    else { throw TransferError(.malformed, record: chunk.attachment) }
    digest.add(chunk.content)
    guard !isHere else { return }
    try write([chunk], isComplete: false, in: store)
  }

  /// - Throws: `TransferError` `malformed` when the bytes are not those that were declared.
  mutating func finish(in store: ServerStore) throws {
    let upload = attachment.upload
    guard digest.byteCount == upload.size, digest.digest == upload.digest else {
      throw TransferError(.malformed, record: upload.attachment)
    }
    if !isHere { try write([], isComplete: true, in: store) }
  }

  private mutating func write(_ chunks: [AttachmentChunk], isComplete: Bool, in store: ServerStore) throws {
    let upload = attachment.upload
    attachment = StoredAttachment(
      upload: upload, actor: attachment.actor, stored: digest.byteCount, isComplete: isComplete)
    var group = CommitGroup(after: store.position, logDigest: store.logDigest)
    group.attachments.attachments[upload.attachment] = attachment
    group.attachments.chunks = chunks
    if isFirst { group.attachments.restarted = [upload.attachment] }
    if isComplete { group.attachments.completed = [upload.attachment] }
    isFirst = false
    try store.commit(group)
  }
}
