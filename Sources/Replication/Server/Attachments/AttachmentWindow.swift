import CRDT
import WireProtocol

/// What one session sends and asks of attachments that was not answered yet.
struct AttachmentWindow: Sendable {
  /// The attachments that it began to send, and may send chunks of.
  private var begun: Set<Identifier> = []
  private var waitingUploads = 0
  private var waitingChunks = 0
  private var waitingReads = 0
  /// From which offset on the fetches of an attachment have their row in the log of what was delivered.
  private var noted: [Identifier: UInt64] = [:]

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

  func hasNoted(_ attachment: Identifier, from offset: UInt64) -> Bool {
    noted[attachment].map { $0 <= offset } ?? false
  }

  /// A chunk is sent: the row of the group that it waited for reaches to the attachment's end.
  mutating func sent(_ attachment: Identifier, from offset: UInt64) {
    // What a session fetches beyond that has a row for each question.
    guard noted.count < Self.begunMax || noted[attachment] != nil else { return }
    noted[attachment] = min(noted[attachment] ?? offset, offset)
  }
}
