import CRDT

/// The change that another one stands for, with what proves it. Both have the same payload, so the original's
/// digest can be computed by whoever has the one that stands for it.
public struct ChangeOrigin: Hashable, Sendable {
  /// The original's header.
  public let header: ChangeHeader
  /// The digest that the original chains to.
  public let previous: Digest
  /// The server's verdict on the original, if it got one. Without, only who succeeds the original's actor may
  /// bring it in.
  public let stamp: ChangeStamp?

  /// Describes an original.
  public init(header: ChangeHeader, previous: Digest, stamp: ChangeStamp? = nil) {
    self.header = header
    self.previous = previous
    self.stamp = stamp
  }

  /// The original's digest in its actor's chain.
  public func digest(ofPayload payload: [UInt8]) -> Digest {
    Chain.digest(after: previous, header: header.canonicalBytes, payload: payload)
  }

  /// The origin for merging. Of actors whose numbers mean other changes in the log than the author saw, only
  /// what both have counts as seen.
  func merged(under caps: [OriginCap]) -> Origin {
    var version = header.version
    for cap in caps where version[cap.actor] > cap.number {
      version = version.replacing(cap.actor, by: cap.number)
    }
    return Origin(id: header.id, version: version, author: header.author, writtenAt: header.writtenAt)
  }

  func write(of change: ChangeHeader, to writer: inout ProtobufWriter) {
    if let digest = change.originDigest { writer.field(2, bytes: digest.bytes) }
    writer.field(4, bytes: header.canonicalBytes)
    writer.field(5, bytes: previous.bytes)
    if let stamp { writer.message(6) { stamp.write(to: &$0) } }
    for cap in change.originCaps { writer.message(7) { cap.write(to: &$0) } }
  }

  /// What a packed change says of its origin, which its header hashes in part.
  struct Packed {
    let digest: Digest
    let origin: ChangeOrigin
    let caps: [OriginCap]
  }

  static func read(_ reader: inout ProtobufReader) throws -> Packed {
    var digest: Digest?
    var header: ChangeHeader?
    var previous: Digest?
    var stamp: ChangeStamp?
    var caps: [OriginCap] = []
    while let (field, type) = try reader.nextField(repeated: 7) {
      switch field {
      case 2: digest = try reader.digest(type)
      case 4: header = try ChangeHeader(canonicalBytes: try reader.bytes(type))
      case 5: previous = try reader.digest(type)
      case 6: stamp = try reader.message(type) { try ChangeStamp(from: &$0) }
      case 7: try OriginCap.read(&reader, type, appendingTo: &caps)
      default: throw ProtocolError(.unsupported)
      }
    }
    // An origin is always the first original.
    guard let digest, let header, let previous, header.originDigest == nil else {
      throw ProtocolError.malformed
    }
    return Packed(
      digest: digest, origin: ChangeOrigin(header: header, previous: previous, stamp: stamp), caps: caps)
  }

  /// The encoding of a store (`Origin` in `change.proto`) for the change that stands for the original.
  public func encoded(of change: ChangeHeader) -> [UInt8] {
    var writer = ProtobufWriter()
    write(of: change, to: &writer)
    return writer.bytes
  }

  /// Reads an encoding of `encoded`.
  ///
  /// - Throws: `ProtocolError` when the bytes are not one.
  public init(encoded bytes: [UInt8]) throws {
    self = try ProtobufReader.read(bytes) { try Self.read(&$0).origin }
  }
}
