import CRDT
public import WireProtocol

/// A decoded push: entries without gaps, and the signature over what they move.
public struct Push: Hashable, Sendable {
  /// The entries, in order.
  public let entries: [JournalEntry]
  /// The actor's signature over the journal head and the record heads after the push.
  public let signature: [UInt8]

  /// Makes a push.
  public init(entries: [JournalEntry], signature: [UInt8]) {
    self.entries = entries
    self.signature = signature
  }

  /// Reads the message.
  ///
  /// - Throws: `ProtocolError` when its parts do not fit each other or exceed a limit.
  public init(_ message: WirePush) throws {
    var sizes = message.entryChanges
    guard sizes.count <= Limits.pushEntries, sizes.allSatisfy({ $0 > 0 && $0 <= Limits.entryChanges })
    else { throw ProtocolError(.limitExceeded) }
    guard message.firstEntry > 0, message.firstEntry <= Limits.highestNumber else {
      throw ProtocolError.malformed
    }
    let changes = try ChangeUnpacker.changes(Array(message.changes))
    if sizes.isEmpty { sizes = Array(repeating: 1, count: changes.count) }
    guard !sizes.isEmpty, sizes.count <= Limits.pushEntries else { throw ProtocolError(.limitExceeded) }
    guard sizes.reduce(0, { $0 + Int($1) }) == changes.count else { throw ProtocolError.malformed }
    var start = 0
    var entries: [JournalEntry] = []
    entries.reserveCapacity(sizes.count)
    for (offset, size) in sizes.enumerated() {
      let end = start + Int(size)
      entries.append(
        JournalEntry(number: message.firstEntry + UInt64(offset), changes: Array(changes[start..<end])))
      start = end
    }
    self.init(entries: entries, signature: Array(message.signature))
  }

  /// The message.
  public var message: WirePush {
    var packer = ChangePacker()
    for entry in entries {
      for change in entry.changes { packer.append(change) }
    }
    var message = WirePush()
    message.firstEntry = entries.first?.number ?? 0
    // Most entries are one change: they go without saying.
    if entries.contains(where: { $0.changes.count != 1 }) {
      message.entryChanges = entries.map { UInt32($0.changes.count) }
    }
    message.changes = .init(packer.encoded)
    message.signature = .init(signature)
    return message
  }

  /// What the device signs for linked entries.
  public static func proof(of entries: [LinkedEntry], after journal: JournalHead) -> PushProof {
    var heads: [Identifier: PushProof.Head] = [:]
    for entry in entries {
      for (change, digest) in zip(entry.entry.changes, entry.digests) {
        let header = change.header
        heads[header.record] = PushProof.Head(record: header.record, number: header.id.number, digest: digest)
      }
    }
    return PushProof(journal: entries.last?.journal ?? journal, heads: Array(heads.values))
  }
}
