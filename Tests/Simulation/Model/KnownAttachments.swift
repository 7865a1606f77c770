import CRDT
import Replication
import WireProtocol

/// What is known from outside of attachments' bytes: what people attached, what the server made durable, and
/// what it said of it.
struct KnownAttachments {
  struct Known {
    let content: [UInt8]
    /// How many bytes the server made durable, and whether it took them for all.
    var durable: UInt64 = 0
    var isComplete = false
    /// Whether its record was erased.
    var isErased = false

    /// The bytes from an offset on, as many as are asked for or as there are.
    func piece(at offset: UInt64, count: Int) -> ArraySlice<UInt8> {
      content.dropFirst(Int(clamping: offset)).prefix(count)
    }
  }

  private var known: [Identifier: Known] = [:]
  /// The records that another brought in for their author: their bytes stay with her (decision 0042).
  var broughtIn: Set<Identifier> = []

  var isEmpty: Bool { known.isEmpty }
  var records: [Identifier] { known.keys.sorted() }

  subscript(record: Identifier) -> Known? { known[record] }

  mutating func add(_ record: Identifier, _ content: [UInt8]) { known[record] = Known(content: content) }

  /// A record was erased, and what was attached with it.
  mutating func erased(_ record: Identifier) {
    known[record]?.isErased = true
    known[record]?.durable = 0
    known[record]?.isComplete = false
  }

  /// A group is durable.
  mutating func committed(_ writes: AttachmentWrites) throws {
    for chunk in writes.chunks {
      guard let item = known[chunk.attachment],
        item.piece(at: chunk.offset, count: chunk.content.count).elementsEqual(chunk.content)
      else { throw Violation(.values, "the server stores bytes that nobody attached") }
    }
    for (record, stored) in writes.attachments { try found(stored, of: record) }
  }

  /// So much is in the store.
  mutating func found(_ stored: StoredAttachment, of record: Identifier) throws {
    guard let item = known[record] else { throw Violation(.values, "nobody attached \(record)") }
    guard !item.isErased || stored.stored == 0 else {
      throw Violation(.access, "bytes of \(record) are there, which was erased")
    }
    guard stored.stored >= item.durable, stored.isComplete || !item.isComplete else {
      throw Violation(.durability, "bytes of \(record) are gone")
    }
    guard stored.isComplete == (stored.stored == UInt64(item.content.count)) else {
      throw Violation(.values, "\(record) is whole with \(stored.stored) of \(item.content.count) bytes")
    }
    known[record]?.durable = stored.stored
    known[record]?.isComplete = stored.isComplete
  }

  /// The server says something of bytes, or sends some.
  func said(_ message: WireServerMessage) throws {
    switch message.body {
    case .stored(let stored): try said(stored)
    case .availability(let availability):
      for id in availability.attachments.compactMap({ Identifier(bytes: $0) })
      where known[id]?.isComplete != true {
        throw Violation(.status, "the server says that it has all of \(id)")
      }
    case .chunk(let chunk):
      guard let id = Identifier(bytes: chunk.attachment), let item = known[id], item.isComplete,
        item.piece(at: chunk.offset, count: chunk.content.count).elementsEqual(chunk.content)
      else { throw Violation(.values, "the server sends other bytes than were attached") }
    default: break
    }
  }

  private func said(_ stored: WireStored) throws {
    guard let id = Identifier(bytes: stored.attachment), let item = known[id] else {
      throw Violation(.values, "the server speaks of an attachment that nobody attached")
    }
    let code = ErrorCode(rawValue: stored.code)
    guard stored.code != 0 else {
      guard stored.bytes <= item.durable, !stored.complete || item.isComplete else {
        throw Violation(.durability, "bytes of \(id) were acknowledged before they are durable")
      }
      return
    }
    let isOthers = code == .forbidden && broughtIn.contains(id)
    guard isOthers || [.notAvailable, .tooManyUploads].contains(code) else {
      throw Violation(.verdicts, "the bytes of \(id) were refused: \(code.name)")
    }
  }
}
