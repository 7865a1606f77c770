public import CRDT

/// Who came to know: the person, as which account, on which device (FHIR `AuditEvent.agent`).
public struct LogAgent: Hashable, Sendable {
  /// The person.
  public let person: Identifier
  /// The account.
  public let account: Identifier
  /// The device's actor.
  public let device: ActorID

  /// Names who came to know.
  public init(person: Identifier, account: Identifier, device: ActorID) {
    self.person = person
    self.account = account
    self.device = device
  }
}

extension LogAgent {
  /// The one encoding, over which the row commits.
  public var encoded: [UInt8] {
    var writer = ProtobufWriter(capacity: 48)
    writer.field(1, identifier: person)
    writer.field(2, identifier: account)
    writer.field(3, fixed64: device.rawValue)
    return writer.bytes
  }

  /// Reads an encoding.
  ///
  /// - Throws: `ProtocolError` when the bytes are not one.
  public init(encoded bytes: [UInt8]) throws {
    self = try ProtobufReader.read(bytes) { reader in
      var (person, account): (Identifier?, Identifier?)
      var device: UInt64 = 0
      while let (field, type) = try reader.nextField() {
        switch field {
        case 1: person = try reader.identifier(type)
        case 2: account = try reader.identifier(type)
        case 3: device = try reader.fixed64(type)
        default: throw ProtocolError(.unsupported)
        }
      }
      guard let person, let account else { throw ProtocolError.malformed }
      return LogAgent(person: person, account: account, device: ActorID(rawValue: device))
    }
    guard encoded == bytes else { throw ProtocolError.malformed }
  }
}
