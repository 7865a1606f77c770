public import CRDT

/// What one actor did to one record at one time, without what was done.
public struct ChangeHeader: Hashable, Sendable {
  /// The record.
  public let record: Identifier
  /// The actor and the number of its changes in this record.
  public let id: ChangeID
  /// The account that wrote.
  public let author: Identifier
  /// Milliseconds since 1970 by the author's clock.
  public let writtenAt: Int64
  /// What the author had seen of the record.
  public let version: VersionVector
  /// The record's facts, in the change that creates it.
  public let creates: RecordFacts?
  /// The digest of the original, when the change stands for another one.
  public let originDigest: Digest?
  /// Of a change that stands for another: what counts as seen at most of actors whose numbers the log gave to
  /// other changes than the original's author had seen. In ascending order of actor, each once.
  public let originCaps: [OriginCap]
  /// The releases and reclassifications that name the record, as far as its author's replica had them. In
  /// ascending order of record, each once; none where nothing names it, as with most records.
  public let audienceSeen: [AudienceVersion]

  /// Makes a header.
  public init(
    record: Identifier, id: ChangeID, author: Identifier, writtenAt: Int64, version: VersionVector,
    creates: RecordFacts? = nil, originDigest: Digest? = nil,
    originCaps: [OriginCap] = [], audienceSeen: [AudienceVersion] = []
  ) {
    self.record = record
    self.id = id
    self.author = author
    self.writtenAt = writtenAt
    self.version = version
    self.creates = creates
    self.originDigest = originDigest
    self.originCaps = originCaps
    self.audienceSeen = audienceSeen
  }

  /// The one encoding that is hashed (`Header` in `change.proto`).
  public var canonicalBytes: [UInt8] {
    var writer = ProtobufWriter(capacity: 72 + 14 * version.entries.count)
    writer.field(1, identifier: record)
    writer.field(2, fixed64: id.actor.rawValue)
    writer.field(3, unsigned: id.number)
    writer.field(4, identifier: author)
    writer.field(5, signed: writtenAt)
    for entry in version.entries { writer.message(6) { entry.write(to: &$0) } }
    if let creates { writer.message(7) { creates.write(to: &$0) } }
    if let originDigest { writer.field(8, bytes: originDigest.bytes) }
    for cap in originCaps { writer.message(9) { cap.write(to: &$0) } }
    for seen in audienceSeen { writer.message(10) { seen.write(to: &$0) } }
    return writer.bytes
  }

  /// Reads a canonical encoding back, as a store keeps it.
  ///
  /// - Throws: `ProtocolError` when the bytes are not a header, or not its one encoding.
  public init(canonicalBytes: [UInt8]) throws {
    self = try ProtobufReader.read(canonicalBytes) { try ChangeHeader(from: &$0) }
    guard self.canonicalBytes == canonicalBytes else { throw ProtocolError.malformed }
  }

  private init(from reader: inout ProtobufReader) throws {
    var record: Identifier?
    var actor: UInt64 = 0
    var number: UInt64 = 0
    var author: Identifier?
    var writtenAt: Int64 = 0
    var version: [VersionVector.Entry] = []
    var creates: RecordFacts?
    var originDigest: Digest?
    var originCaps: [OriginCap] = []
    var audienceSeen: [AudienceVersion] = []
    while let (field, type) = try reader.nextField(repeated: 6, 9, 10) {
      switch field {
      case 1: record = try reader.identifier(type)
      case 2: actor = try reader.fixed64(type)
      case 3: number = try reader.unsigned(type)
      case 4: author = try reader.identifier(type)
      case 5: writtenAt = try reader.signed(type)
      case 6: try reader.versionEntry(type, appendingTo: &version)
      case 7: creates = try reader.message(type) { try RecordFacts(from: &$0) }
      case 8: originDigest = try reader.digest(type)
      case 9: try OriginCap.read(&reader, type, appendingTo: &originCaps)
      case 10: try AudienceVersion.read(&reader, type, appendingTo: &audienceSeen)
      default: throw ProtocolError(.unsupported)
      }
    }
    guard let record, let author, let version = VersionVector(sorted: version), number > 0,
      number <= Limits.highestNumber, originCaps.isEmpty || originDigest != nil
    else {
      throw ProtocolError.malformed
    }
    self.init(
      record: record, id: ChangeID(actor: ActorID(rawValue: actor), number: number), author: author,
      writtenAt: writtenAt, version: version, creates: creates, originDigest: originDigest,
      originCaps: originCaps, audienceSeen: audienceSeen)
  }
}

extension VersionVector.Entry {
  func write(to writer: inout ProtobufWriter) {
    writer.field(1, fixed64: actor.rawValue)
    writer.field(2, unsigned: number)
  }

  init(from reader: inout ProtobufReader) throws {
    var actor: UInt64 = 0
    var number: UInt64 = 0
    while let (field, type) = try reader.nextField() {
      switch field {
      case 1: actor = try reader.fixed64(type)
      case 2: number = try reader.unsigned(type)
      default: throw ProtocolError(.unsupported)
      }
    }
    guard number > 0, number <= Limits.highestNumber else { throw ProtocolError.malformed }
    self.init(actor: ActorID(rawValue: actor), number: number)
  }
}
