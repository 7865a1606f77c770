public import CRDT
public import WireProtocol

/// What says who may read a record, beside its header: the releases that name it and its reclassifications,
/// as they stand.
public struct RecordAudience: Hashable, Sendable {
  /// The record that is read.
  public let record: Identifier
  /// What says so, in ascending order of record.
  public let versions: [AudienceVersion]

  /// Describes an audience.
  public init(record: Identifier, versions: [AudienceVersion]) {
    self.record = record
    self.versions = versions
  }

  /// Reads the message.
  ///
  /// - Throws: `ProtocolError` when it is not one.
  init(_ message: WireRecordAudience) throws {
    guard let record = Identifier(bytes: message.record),
      message.versions.count <= Limits.audienceVersions
    else { throw ProtocolError.malformed }
    let versions = try message.versions.map(AudienceVersion.init)
    guard zip(versions, versions.dropFirst()).allSatisfy({ $0.record < $1.record }) else {
      throw ProtocolError.malformed
    }
    self.init(record: record, versions: versions)
  }

  /// The message.
  var message: WireRecordAudience {
    .with {
      $0.record = .init(record.bytes)
      $0.versions = versions.map(\.message)
    }
  }
}
