public import CRDT

/// That a record was shown to a person (FHIR `AuditEvent.entity`, `purposeOfEvent`).
public struct OpenedEvent: Hashable, Sendable {
  /// The record.
  public let record: Identifier
  /// When, by the device's clock, in milliseconds since 1970. The row says when the server took it in.
  public let openedAt: Int64
  /// The code of the purpose that the person gave.
  public let purpose: String

  /// Describes what was shown.
  public init(record: Identifier, openedAt: Int64, purpose: String) {
    self.record = record
    self.openedAt = openedAt
    self.purpose = purpose
  }
}

extension OpenedEvent {
  /// The one encoding, over which the row commits.
  public var encoded: [UInt8] {
    var writer = ProtobufWriter(capacity: 64)
    writer.field(1, identifier: record)
    writer.field(2, signed: openedAt)
    writer.field(3, bytes: purpose.utf8)
    return writer.bytes
  }

  /// The digest of the row's part that says this, with its salt: the device knows its row again by it.
  public func digest(salt: Identifier) -> Digest {
    LogPart.told(salt: salt, content: encoded).digest(as: .event)
  }

  /// Reads an encoding.
  ///
  /// - Throws: `ProtocolError`: `UNSUPPORTED` for a field of a later version, `LIMIT_EXCEEDED`, `MALFORMED`.
  public init(encoded bytes: [UInt8]) throws {
    self = try ProtobufReader.read(bytes) { reader in
      var record: Identifier?
      var openedAt: Int64 = 0
      var purpose = ""
      while let (field, type) = try reader.nextField() {
        switch field {
        case 1: record = try reader.identifier(type)
        case 2: openedAt = try reader.signed(type)
        case 3: purpose = try reader.logCode(type)
        default: throw ProtocolError(.unsupported)
        }
      }
      // Nothing is shown without a purpose.
      guard let record, !purpose.isEmpty else { throw ProtocolError.malformed }
      return OpenedEvent(record: record, openedAt: openedAt, purpose: purpose)
    }
    guard encoded == bytes else { throw ProtocolError.malformed }
  }
}

extension ProtobufReader {
  /// Reads the code of a rule or a purpose.
  mutating func logCode(_ type: ProtobufWireType) throws -> String {
    let code = try text(type)
    guard code.utf8.count <= Limits.logCodeBytes else { throw ProtocolError(.limitExceeded) }
    return code
  }
}
