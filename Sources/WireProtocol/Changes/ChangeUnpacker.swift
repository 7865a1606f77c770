public import CRDT

/// Decodes runs of packed changes, putting back what each leaves out.
public struct ChangeUnpacker {
  private var previous: ChangeHeader?
  private var previousReceived: Int64 = 0
  private let epoch: Identifier

  private init(epoch: Identifier) { self.epoch = epoch }

  /// Decodes an encoded `PackedChanges`.
  ///
  /// - Throws: `ProtocolError` when the bytes are not one.
  public static func changes(_ bytes: [UInt8]) throws -> [EncodedChange] {
    var changes: [EncodedChange] = []
    try forEach(in: bytes) { changes.append($0) }
    return changes
  }

  /// Decodes an encoded `PackedChanges`, one change after the other.
  ///
  /// - Throws: `ProtocolError` when the bytes are not one, after the body was called with what came before;
  ///   and what the body throws.
  public static func forEach(in bytes: [UInt8], _ body: (EncodedChange) throws -> Void) throws {
    var unpacker = ChangeUnpacker(epoch: Identifier(high: 0, low: 0))
    try ProtobufReader.read(bytes) { reader in
      while let (number, type) = try reader.nextField(repeated: 1) {
        guard number == 1 else { throw ProtocolError(.unsupported) }
        let item = try reader.message(type) { try unpacker.change(&$0) }
        try body(EncodedChange(header: item.header, payload: item.payload, origin: item.origin))
      }
    }
  }

  /// Decodes an encoded `DeliveredChanges` of a session in `epoch`.
  ///
  /// - Throws: `ProtocolError` when the bytes are not one.
  public static func delivered(_ bytes: [UInt8], epoch: Identifier) throws -> [DeliveredChange] {
    var unpacker = ChangeUnpacker(epoch: epoch)
    return try ProtobufReader.read(bytes) { reader in
      var changes: [DeliveredChange] = []
      while let (number, type) = try reader.nextField(repeated: 1) {
        guard number == 1 else { throw ProtocolError(.unsupported) }
        changes.append(try reader.message(type) { try unpacker.deliveredChange(&$0) })
      }
      return changes
    }
  }

  private mutating func deliveredChange(_ reader: inout ProtobufReader) throws -> DeliveredChange {
    var item: (header: ChangeHeader, payload: [UInt8], origin: ChangeOrigin?)?
    var position: UInt64 = 0
    var receivedAfter: Int64 = 0
    var mac: Identifier?
    var voidDigest: Digest?
    var otherEpoch: Identifier?
    while let (number, type) = try reader.nextField() {
      switch number {
      case 1: item = try reader.message(type) { try change(&$0) }
      case 2: position = try reader.fixed64(type)
      case 3: receivedAfter = try reader.signed(type)
      case 4: mac = try reader.identifier(type)
      case 5: voidDigest = try reader.digest(type)
      case 6: otherEpoch = try reader.identifier(type)
      default: throw ProtocolError(.unsupported)
      }
    }
    guard let item, let mac else { throw ProtocolError.malformed }
    // A void change is known by its digest alone.
    guard
      voidDigest == nil || item.payload.isEmpty && item.header.creates == nil && item.origin == nil
    else {
      throw ProtocolError.malformed
    }
    previousReceived = previousReceived &+ receivedAfter
    return DeliveredChange(
      header: item.header, payload: voidDigest == nil ? item.payload : nil, receivedAt: previousReceived,
      seal: Seal(epoch: otherEpoch ?? epoch, sealedPosition: position, mac: mac), voidDigest: voidDigest,
      origin: item.origin)
  }

  private mutating func change(_ reader: inout ProtobufReader) throws -> (
    header: ChangeHeader, payload: [UInt8], origin: ChangeOrigin?
  ) {
    var record = previous?.record
    var actor = previous?.id.actor
    var number: UInt64?
    var author = previous?.author
    var writtenAfter: Int64 = 0
    var versionFollows = false
    var version: [VersionVector.Entry] = []
    var creates: RecordFacts?
    var payload: [UInt8] = []
    var origin: ChangeOrigin.Packed?
    var audienceSeen: [AudienceVersion] = []
    while let (field, type) = try reader.nextField(repeated: 7, 12) {
      switch field {
      case 1: record = try reader.identifier(type)
      case 2: actor = ActorID(rawValue: try reader.fixed64(type))
      case 3: number = try reader.unsigned(type)
      case 4: author = try reader.identifier(type)
      case 5: writtenAfter = try reader.signed(type)
      case 6: versionFollows = try reader.boolean(type)
      case 7: try reader.versionEntry(type, appendingTo: &version)
      case 8: creates = try reader.message(type) { try RecordFacts(from: &$0) }
      // However large: what is wrong with one change's content gets that change a verdict and ends no
      // session.
      case 9: payload = try reader.bytes(type)
      case 10: origin = try reader.message(type) { try ChangeOrigin.read(&$0) }
      case 12: try AudienceVersion.read(&reader, type, appendingTo: &audienceSeen)
      default: throw ProtocolError(.unsupported)
      }
    }
    guard let record, let actor, let author, versionFollows || version.isEmpty else {
      throw ProtocolError.malformed
    }
    let continues = previous?.record == record && previous?.id.actor == actor
    let id = ChangeID(actor: actor, number: number ?? (continues ? (previous?.id.number ?? 0) + 1 : 1))
    guard id.number > 0, id.number <= Limits.highestNumber else { throw ProtocolError.malformed }
    var explicit: VersionVector?
    if versionFollows {
      guard let vector = VersionVector(sorted: version) else { throw ProtocolError.malformed }
      explicit = vector
    }
    let time = (previous?.writtenAt ?? 0) &+ writtenAfter
    let implied = continues ? previous?.version : nil
    previous = nil
    let header = ChangeHeader(
      record: record, id: id, author: author, writtenAt: time,
      version: explicit ?? id.impliedVersion(after: implied), creates: creates,
      originDigest: origin?.digest, originCaps: origin?.caps ?? [], audienceSeen: audienceSeen)
    previous = header
    return (header, payload, origin?.origin)
  }
}
