public import CRDT

/// A change as it is stored, sent, chained and signed: its header, and its payload's bytes as they were
/// received.
public struct EncodedChange: Hashable, Sendable {
  /// Who changed what, when, having seen what.
  public let header: ChangeHeader
  /// The payload's encoding.
  public let payload: [UInt8]
  /// What the change stands for, if it stands for another: the original that the header's `originDigest`
  /// names.
  public let origin: ChangeOrigin?

  /// Makes a change of its parts.
  public init(header: ChangeHeader, payload: [UInt8], origin: ChangeOrigin? = nil) {
    self.header = header
    self.payload = payload
    self.origin = origin
  }

  /// The change's digest in its actor's chain in its record.
  public func digest(after previous: Digest) -> Digest {
    Chain.digest(after: previous, header: header.canonicalBytes, payload: payload)
  }

  /// The change for merging.
  ///
  /// - Throws: `ProtocolError` when the payload is not one, or the original that the header names is not
  ///   here.
  public func decoded(receivedAt: Int64? = nil, seal: Seal? = nil) throws -> Change {
    guard origin?.digest(ofPayload: payload) == header.originDigest else { throw ProtocolError.malformed }
    return Change(
      context: ChangeContext(
        id: header.id, version: header.version, author: header.author, writtenAt: header.writtenAt,
        receivedAt: receivedAt, origin: origin?.merged(under: header.originCaps), seal: seal),
      operations: try Payload(encoded: payload).operations)
  }
}

extension EncodedChange {
  /// No packing of the change takes more bytes.
  public var packedByteCountMax: Int {
    header.packedByteCountMax + payload.count + (origin?.packedByteCountMax ?? 0)
  }
}

extension DeliveredChange {
  /// No packing of the change with its verdict takes more bytes.
  public var packedByteCountMax: Int {
    header.packedByteCountMax + (payload?.count ?? 0) + (origin?.packedByteCountMax ?? 0) + 128
  }
}

extension ChangeOrigin {
  fileprivate var packedByteCountMax: Int { header.packedByteCountMax + 160 }
}

extension ChangeHeader {
  fileprivate var packedByteCountMax: Int {
    128 + 24 * (version.entries.count + originCaps.count) + (creates.map { 96 + 20 * $0.about.count } ?? 0)
      + audienceSeen.reduce(0) { $0 + 32 + 24 * $1.version.entries.count }
  }
}
