import CRDT
import Replication
import WireProtocol

/// Attachments' bytes on a device, in memory.
struct AttachmentReplicaModel: AttachmentReplica {
  /// What was attached here, in order, as it is declared.
  var own: [Upload] = []
  /// What is asked for, in order, as its record says.
  var wanted: [Upload] = []
  /// Records of attachments that are here.
  var records: [Identifier] = []
  private(set) var contents: [Identifier: [UInt8]] = [:]
  private(set) var sent: [Identifier: UInt64] = [:]
  private(set) var available: Set<Identifier> = []
  private(set) var refused: [Identifier: ErrorCode] = [:]
  private(set) var fetched: Set<Identifier> = []

  /// Attaches bytes, declaring their digest or another one.
  mutating func attach(_ content: [UInt8], as id: Identifier, declaring digest: Digest? = nil) {
    contents[id] = content
    own.append(
      Upload(attachment: id, size: UInt64(content.count), digest: digest ?? Self.digest(of: content)))
  }

  /// Its record left the scope, and its bytes with it.
  mutating func wipe(_ id: Identifier) {
    contents[id] = nil
    own.removeAll { $0.attachment == id }
  }

  static func digest(of content: [UInt8]) -> Digest {
    var digest = RunningDigest()
    digest.add(content)
    return digest.digest
  }

  func nextUpload(besides skipped: Set<Identifier>) -> OwnAttachment? {
    own.first {
      !available.contains($0.attachment) && refused[$0.attachment] == nil && !skipped.contains($0.attachment)
    }.map { OwnAttachment(upload: $0, stored: sent[$0.attachment, default: 0]) }
  }

  func nextFetch() -> WantedAttachment? {
    wanted.first.map {
      WantedAttachment(
        record: $0.attachment, size: $0.size, digest: $0.digest,
        present: UInt64(contents[$0.attachment, default: []].count))
    }
  }

  func awaited(besides known: Set<Identifier>, limit: Int) -> [Identifier] {
    Array(records.filter { !known.contains($0) && !available.contains($0) }.prefix(limit))
  }

  func content(of record: Identifier, at offset: UInt64, count: Int) -> [UInt8] {
    Array(contents[record, default: []].dropFirst(Int(offset)).prefix(count))
  }

  mutating func carryOut(_ write: AttachmentMachine.Write) {
    switch write {
    case .sent(let id, let bytes, let isComplete):
      sent[id] = bytes
      if isComplete { available.insert(id) }
    case .sendingRefused(let id, let code): refused[id] = code
    case .chunk(let chunk):
      precondition(UInt64(contents[chunk.attachment, default: []].count) == chunk.offset, "a gap")
      contents[chunk.attachment, default: []] += chunk.content
    case .fetched(let id):
      fetched.insert(id)
      wanted.removeAll { $0.attachment == id }
    case .fetchFailed(let id, let code):
      refused[id] = code
      if code == .digestMismatch { contents[id] = nil }
      wanted.removeAll { $0.attachment == id }
    case .available(let ids): available.formUnion(ids)
    }
  }
}
