import CRDT
import WireProtocol

extension EntryVerdict {
  /// Reads verdicts.
  ///
  /// - Parameter sizes: how many changes each entry has that was sent and has no verdict.
  /// - Throws: `ProtocolError` when the message does not fit the entries, or is not about the first of them;
  ///   `UNSUPPORTED` for a verdict that this version does not know.
  static func list(
    from message: WireVerdicts, epoch: Identifier, sizes: [UInt64: Int]
  ) throws -> [EntryVerdict] {
    guard message.firstEntry > 0, message.entries > 0, message.entries <= Limits.pushEntries,
      message.stamps.count.isMultiple(of: 24)
    else { throw ProtocolError.malformed }
    guard message.firstEntry == sizes.keys.min() else { throw ProtocolError(.unexpected) }
    var seals = try Self.seals(Array(message.stamps), epoch: epoch)[...]
    var refusals: [UInt64: Refusal] = [:]
    for exception in message.exceptions {
      guard let kind = Refusal.Kind(exception.verdict) else { throw ProtocolError(.unsupported) }
      guard exception.entry >= message.firstEntry,
        exception.entry - message.firstEntry < UInt64(message.entries)
      else { throw ProtocolError.malformed }
      var refusal = Refusal(code: ErrorCode(rawValue: exception.code), change: exception.change, kind)
      guard exception.audiences.count <= Limits.entryChanges, kind == .held || exception.audiences.isEmpty
      else { throw ProtocolError.malformed }
      refusal.audiences = try exception.audiences.map(RecordAudience.init)
      refusals[exception.entry] = refusal
    }
    var verdicts: [EntryVerdict] = []
    for offset in 0..<UInt64(message.entries) {
      let number = message.firstEntry &+ offset
      guard let size = sizes[number] else { throw ProtocolError(.unexpected) }
      let own = seals.prefix(size)
      guard own.count == size else { throw ProtocolError.malformed }
      seals = seals.dropFirst(own.count)
      verdicts.append(
        EntryVerdict(
          entry: number, refusal: refusals[number], receivedAt: message.receivedAt, seals: Array(own)))
    }
    guard seals.isEmpty else { throw ProtocolError.malformed }
    return verdicts
  }

  private static func seals(_ stamps: [UInt8], epoch: Identifier) throws -> [Seal] {
    try stride(from: 0, to: stamps.count, by: 24).map { start in
      let position = stamps[start..<start + 8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      guard let mac = Identifier(bytes: stamps[start + 8..<start + 24]) else { throw ProtocolError.malformed }
      return Seal(epoch: epoch, sealedPosition: position, mac: mac)
    }
  }
}
