public import CRDT

/// A record that says who may read another one, as somebody had seen it: a release that names it, or a
/// reclassification of it. It lies in a record of its own, so a change's vector says nothing of it
/// (decision 0052).
public struct AudienceVersion: Hashable, Sendable {
  /// The release or reclassification.
  public let record: Identifier
  /// What of it was seen.
  public let version: VersionVector

  /// Describes what was seen.
  public init(record: Identifier, version: VersionVector) {
    self.record = record
    self.version = version
  }

  func write(to writer: inout ProtobufWriter) {
    writer.field(1, identifier: record)
    for entry in version.entries { writer.message(2) { entry.write(to: &$0) } }
  }

  /// Reads one more; they stand in ascending order of record.
  static func read(
    _ reader: inout ProtobufReader, _ type: ProtobufWireType, appendingTo seen: inout [AudienceVersion]
  ) throws {
    guard seen.count < Limits.audienceVersions else { throw ProtocolError(.limitExceeded) }
    let next = try reader.message(type) { try AudienceVersion(from: &$0) }
    guard seen.last.map({ $0.record < next.record }) ?? true else { throw ProtocolError.malformed }
    seen.append(next)
  }

  private init(from reader: inout ProtobufReader) throws {
    var record: Identifier?
    var entries: [VersionVector.Entry] = []
    while let (field, type) = try reader.nextField(repeated: 2) {
      switch field {
      case 1: record = try reader.identifier(type)
      case 2: try reader.versionEntry(type, appendingTo: &entries)
      default: throw ProtocolError(.unsupported)
      }
    }
    guard let record, let version = VersionVector(sorted: entries), !version.isEmpty else {
      throw ProtocolError.malformed
    }
    self.init(record: record, version: version)
  }
}

extension AudienceVersion {
  /// Reads the message.
  ///
  /// - Throws: `ProtocolError` when it is not one.
  public init(_ message: WireAudienceVersion) throws {
    guard let record = Identifier(bytes: message.record), !message.version.isEmpty,
      message.version.count <= Limits.versionActors
    else { throw ProtocolError.malformed }
    let entries = message.version.map { ChangeID(actor: ActorID(rawValue: $0.actor), number: $0.number) }
    guard let version = VersionVector(sorted: entries),
      entries.allSatisfy({ $0.number <= Limits.highestNumber })
    else { throw ProtocolError.malformed }
    self.init(record: record, version: version)
  }

  /// The message.
  public var message: WireAudienceVersion {
    .with {
      $0.record = .init(record.bytes)
      $0.version = version.entries.map { entry in
        .with {
          $0.actor = entry.actor.rawValue
          $0.number = entry.number
        }
      }
    }
  }
}
