import CRDT

@testable import Replication
@testable import WireProtocol

/// What a server may say about attachments, in any order, to a device that sends one and fetches another.
///
/// An input is messages, each after its length in two bytes, little-endian.
struct AttachmentExchange: AttachmentReplica {
  private static let own = Upload(
    attachment: Identifier(high: 1, low: 1), size: 1_000, digest: Digest(hashing: []))
  private static let wanted = WantedAttachment(
    record: Identifier(high: 2, low: 2), size: 300, digest: Digest(hashing: Array(repeating: 5, count: 300)),
    present: 0)
  private static let content = [UInt8](repeating: 5, count: 1_000)

  private var isSent = false
  private var isFetched = false

  static func run(_ bytes: [UInt8]) throws -> [UInt8]? {
    var exchange = AttachmentExchange()
    var machine = AttachmentMachine()
    exchange.take(try machine.opened(replica: exchange))
    var rest = bytes[...]
    while rest.count >= 2 {
      let count = Int(rest[rest.startIndex]) | Int(rest[rest.startIndex + 1]) << 8
      let message = Array(rest.dropFirst(2).prefix(count))
      rest = rest.dropFirst(2 + count)
      guard AttachmentMessage.isOne(message) else { continue }
      exchange.take(try machine.received(message, replica: exchange))
      exchange.take(try machine.changed(replica: exchange))
      exchange.take(machine.tick())
    }
    return nil
  }

  /// What the peer may send of attachments, as the server reads it.
  static func read(_ body: WireClientMessage.OneOf_Body) {
    switch body {
    case .upload(let upload): _ = (try? Upload(upload))?.message
    case .chunk(let chunk): _ = (try? AttachmentChunk(chunk))?.message
    case .fetch(let fetch): _ = try? AttachmentRead(fetch)
    case .availability(let request): _ = try? AttachmentRead(request)
    default: break
    }
  }

  private mutating func take(_ actions: [AttachmentMachine.Action]) {
    for case .store(let write) in actions {
      switch write {
      case .sent(_, _, let isComplete): isSent = isSent || isComplete
      case .sendingRefused: isSent = true
      case .fetched, .fetchFailed: isFetched = true
      case .chunk, .available: break
      }
    }
  }

  // MARK: The replica

  func nextUpload(besides skipped: Set<Identifier>) throws -> OwnAttachment? {
    isSent || skipped.contains(Self.own.attachment) ? nil : OwnAttachment(upload: Self.own, stored: 0)
  }

  func nextFetch() throws -> WantedAttachment? { isFetched ? nil : Self.wanted }

  func awaited(besides known: Set<Identifier>, limit: Int) throws -> [Identifier] {
    known.isEmpty ? [Identifier(high: 3, low: 3)] : []
  }

  func content(of record: Identifier, at offset: UInt64, count: Int) throws -> [UInt8] {
    Array(Self.content.dropFirst(Int(clamping: offset)).prefix(count))
  }
}
