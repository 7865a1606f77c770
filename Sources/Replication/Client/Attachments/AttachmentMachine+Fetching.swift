import Collections
import CRDT
import WireProtocol

/// Fetching. Each chunk is asked for by itself, so that the server asks its policy anew; answers come in the
/// order of the questions.
extension AttachmentMachine {
  /// An attachment on its way here.
  struct Fetching: Sendable {
    let wanted: WantedAttachment
    /// Of what is here.
    var digest = RunningDigest()
    /// Where the chunks begin that were asked for and have not come.
    var expected: Deque<UInt64> = []
    /// Up to where chunks were asked for.
    var askedUpTo: UInt64
  }

  mutating func begin(_ wanted: WantedAttachment, _ replica: some AttachmentReplica) throws -> [Action] {
    var fetching = Fetching(wanted: wanted, askedUpTo: wanted.present)
    while fetching.digest.byteCount < wanted.present {
      let left = min(wanted.present - fetching.digest.byteCount, UInt64(Limits.chunkBytes))
      let content = try replica.content(
        of: wanted.record, at: fetching.digest.byteCount, count: Int(left))
      // What is here is less than it says: it is fetched from there on.
      guard content.count == Int(left) else { return failed(wanted.record, .digestMismatch) }
      fetching.digest.add(content)
    }
    return try goOn(fetching)
  }

  mutating func received(_ chunk: AttachmentChunk) throws -> [Action] {
    guard var fetching, fetching.wanted.record == chunk.attachment else {
      abandonedAnswers = max(0, abandonedAnswers - 1)
      return []
    }
    // One that came twice.
    guard chunk.offset >= fetching.digest.byteCount else { return [] }
    let count = AttachmentChunk.byteCount(at: chunk.offset, of: fetching.wanted.size)
    guard chunk.offset == fetching.expected.first, chunk.content.count == count else {
      throw ProtocolError(.unexpected)
    }
    fetching.expected.removeFirst()
    fetching.digest.add(chunk.content)
    return [
      .store(.chunk(chunk)),
      .report(
        AttachmentProgress(
          record: chunk.attachment, direction: .fetching, bytes: chunk.end, size: fetching.wanted.size)),
    ] + (try goOn(fetching))
  }

  mutating func received(_ message: WireFetchFailure) throws -> [Action] {
    guard let attachment = Identifier(bytes: message.attachment) else { throw ProtocolError.malformed }
    guard let fetching, fetching.wanted.record == attachment else {
      abandonedAnswers = max(0, abandonedAnswers - 1)
      return []
    }
    abandonedAnswers = max(0, fetching.expected.count - 1)
    return failed(attachment, ErrorCode(rawValue: message.code))
  }

  /// Asks for more, or sees that all is here.
  private mutating func goOn(_ before: Fetching) throws -> [Action] {
    var fetching = before
    let wanted = fetching.wanted
    if fetching.digest.byteCount == wanted.size {
      guard fetching.digest.digest == wanted.digest else { return failed(wanted.record, .digestMismatch) }
      self.fetching = nil
      return [.store(.fetched(wanted.record))]
    }
    var actions: [Action] = []
    while fetching.expected.count < Limits.outstandingChunks, fetching.askedUpTo < wanted.size {
      let offset = fetching.askedUpTo
      actions.append(
        try Self.send {
          $0.fetch = .with {
            $0.attachment = .init(wanted.record.bytes)
            $0.offset = offset
          }
        })
      fetching.expected.append(offset)
      fetching.askedUpTo += UInt64(AttachmentChunk.byteCount(at: offset, of: wanted.size))
    }
    self.fetching = fetching
    return actions
  }

  private mutating func failed(_ record: Identifier, _ code: ErrorCode) -> [Action] {
    fetching = nil
    return [.store(.fetchFailed(record, code))]
  }
}
