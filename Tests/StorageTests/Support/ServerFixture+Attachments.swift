import CRDT
import Replication
import Testing
import WireProtocol

@testable import Storage

extension ServerStoreTests.Fixture {
  /// Attaches bytes to the first of the records.
  func attach(_ content: [UInt8]) throws {
    let record = try #require(server.records.keys.min())
    let upload = Upload(
      attachment: record, size: UInt64(content.count), digest: StoredContent.digest(of: content))
    var group = server.newGroup()
    for start in stride(from: 0, to: content.count, by: Limits.chunkBytes) {
      let end = min(start + Limits.chunkBytes, content.count)
      group.attachments.chunks.append(
        AttachmentChunk(attachment: record, offset: UInt64(start), content: Array(content[start..<end])))
    }
    group.attachments.attachments[record] = StoredAttachment(
      upload: upload, actor: writer.actors[0], stored: upload.size, isComplete: true)
    try store.commit(group)
    uploads.append(upload)
  }
}
