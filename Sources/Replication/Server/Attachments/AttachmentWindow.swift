import CRDT
import WireProtocol

/// What one session sends and asks of attachments that was not answered yet.
struct AttachmentWindow: Sendable {
  /// The attachments that it began to send, and may send chunks of.
  private var begun: Set<Identifier> = []
  private var waitingUploads = 0
  private var waitingChunks = 0
  private var waitingReads = 0

  mutating func begin(_ attachment: Identifier) throws {
    begun.insert(attachment)
    waitingUploads += 1
    guard begun.count <= Self.begunMax, waitingUploads <= Limits.unfinishedUploads else {
      throw ProtocolError(.limitExceeded)
    }
  }

  /// A session may finish many attachments; it keeps their names so that a chunk is never the first word.
  private static let begunMax = 65_536

  mutating func chunkReceived(_ chunk: AttachmentChunk) throws {
    guard begun.contains(chunk.attachment) else { throw ProtocolError(.unexpected) }
    waitingChunks += 1
    guard waitingChunks <= Limits.outstandingChunks else { throw ProtocolError(.limitExceeded) }
  }

  mutating func readReceived() throws {
    waitingReads += 1
    // One question about availability beside the chunks.
    guard waitingReads <= Limits.outstandingChunks + 1 else { throw ProtocolError(.limitExceeded) }
  }

  mutating func uploadAnswered() { waitingUploads -= 1 }
  mutating func chunkAnswered() { waitingChunks -= 1 }
  mutating func readAnswered() { waitingReads -= 1 }
}
