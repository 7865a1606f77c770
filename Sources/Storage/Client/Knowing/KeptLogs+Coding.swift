import Replication
import WireProtocol

/// How `meta` has what is kept of the logs: items of parts, each part behind its length.
extension KeptLogs {
  private enum Tag: UInt8 {
    case newest = 1
    case finding, settled
    /// The same of what came from elsewhere.
    case contradiction, settledContradiction
    /// A finding, and one of what came from elsewhere, with the checkpoint that it contradicts behind it.
    case findingBeside, contradictionBeside

    var isFromElsewhere: Bool {
      switch self {
      case .contradiction, .settledContradiction, .contradictionBeside: true
      case .newest, .finding, .settled, .findingBeside: false
      }
    }
  }

  var encoded: [UInt8] {
    var parts: [[UInt8]] = []
    for signed in newest { parts += Self.item(.newest, [], signed, at: 0) }
    for finding in findings {
      guard let known = finding.known else {
        parts += Self.item(finding.isFromElsewhere ? .contradiction : .finding, finding)
        continue
      }
      let tag = finding.isFromElsewhere ? Tag.contradictionBeside : .findingBeside
      parts += Self.item(tag, finding) + [known.checkpoint.encoded, known.signature]
    }
    for one in settled {
      let tag = one.finding.isFromElsewhere ? Tag.settledContradiction : .settled
      parts += Self.item(tag, one.finding) + Self.settlement(one)
    }
    return LineageCoding.encode(parts)
  }

  /// - Throws: `damaged`
  init(encoded bytes: [UInt8]) throws {
    self.init()
    var parts = try LineageCoding.decode(bytes)[...]
    while let tag = parts.first.flatMap({ $0.count == 1 ? Tag(rawValue: $0[0]) : nil }) {
      let (code, signed, time) = try Self.read(&parts)
      let finding = Finding(
        code: code, shown: signed, foundAt: time, isFromElsewhere: tag.isFromElsewhere)
      switch tag {
      case .newest: keep(newest: signed)
      case .finding, .contradiction: keep(finding)
      case .findingBeside, .contradictionBeside:
        guard let known = try Self.known(&parts) else { throw StorageError(.damaged) }
        keep(finding.beside(known))
      case .settled, .settledContradiction:
        let known = try Self.known(&parts)
        guard let settledAt = parts.popFirst() else { throw StorageError(.damaged) }
        keep(Settled(finding: finding.beside(known), known: known, settledAt: try Self.time(settledAt)))
      }
    }
    guard parts.isEmpty else { throw StorageError(.damaged) }
  }

  private static func item(_ tag: Tag, _ finding: Finding) -> [[UInt8]] {
    item(tag, Array(finding.code.utf8), finding.shown, at: finding.foundAt)
  }

  private static func item(
    _ tag: Tag, _ code: [UInt8], _ signed: SignedCheckpoint, at time: Int64
  ) -> [[UInt8]] {
    [[tag.rawValue], code, signed.checkpoint.encoded, signed.signature, bytes(time)]
  }

  private static func settlement(_ settled: Settled) -> [[UInt8]] {
    [settled.known?.checkpoint.encoded ?? [], settled.known?.signature ?? [], bytes(settled.settledAt)]
  }

  private static func read(
    _ parts: inout ArraySlice<[UInt8]>
  ) throws -> (code: String, signed: SignedCheckpoint, time: Int64) {
    guard parts.count >= 5, parts.popFirst() != nil, let code = parts.popFirst(),
      let body = parts.popFirst(), let signature = parts.popFirst(), let when = parts.popFirst(),
      let text = String(validating: code, as: UTF8.self),
      let signed = try? SignedCheckpoint(body: body, signature: signature)
    else { throw StorageError(.damaged) }
    return (text, signed, try time(when))
  }

  /// What a finding contradicts; `nil` where there was nothing.
  private static func known(_ parts: inout ArraySlice<[UInt8]>) throws -> SignedCheckpoint? {
    guard parts.count >= 2, let body = parts.popFirst(), let signature = parts.popFirst() else {
      throw StorageError(.damaged)
    }
    guard !body.isEmpty else { return nil }
    guard let known = try? SignedCheckpoint(body: body, signature: signature) else {
      throw StorageError(.damaged)
    }
    return known
  }

  private static func bytes(_ time: Int64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: time >> (56 - 8 * Int64($0))) }
  }

  private static func time(_ bytes: [UInt8]) throws -> Int64 {
    guard bytes.count == 8 else { throw StorageError(.damaged) }
    return bytes.reduce(Int64(0)) { $0 << 8 | Int64($1) }
  }
}
