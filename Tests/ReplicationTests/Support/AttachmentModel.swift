import CRDT
import Replication

/// Attachments' bytes at a server, in memory.
struct AttachmentModel {
  private(set) var states: [Identifier: StoredAttachment] = [:]
  private(set) var contents: [Identifier: [UInt8]] = [:]

  mutating func apply(_ writes: AttachmentWrites) {
    for id in writes.restarted { contents[id] = [] }
    for (id, state) in writes.attachments { states[id] = state }
    for chunk in writes.chunks {
      precondition(UInt64(contents[chunk.attachment, default: []].count) == chunk.offset, "a gap")
      contents[chunk.attachment, default: []] += chunk.content
    }
    for (id, state) in states { precondition(state.stored == UInt64(contents[id, default: []].count)) }
  }

  /// Turns a bit over, as a disk may.
  mutating func damage(_ id: Identifier, at index: Int) { contents[id]?[index] ^= 1 }
}

extension TenantModel {
  func attachment(_ record: Identifier) -> StoredAttachment? { attachments.states[record] }

  func unfinishedUploads(of actor: ActorID) -> Int {
    attachments.states.values.count { $0.actor == actor && !$0.isComplete }
  }

  func content(of record: Identifier, at offset: UInt64, count: Int) -> [UInt8] {
    Array(attachments.contents[record, default: []].dropFirst(Int(offset)).prefix(count))
  }
}
