public import CRDT

/// What was sent, and by which right (FHIR `AuditEvent.entity`, `authorization`).
public struct DeliveredEvent: Hashable, Sendable {
  /// What was sent, or taken back.
  public let act: DeliveredAct
  /// The code of the rule that decided; empty where nothing of one record was sent.
  public let rule: String
  /// The record of the ground that the rule went by, such as a consent; `nil` where it needs none.
  public let ground: Identifier?

  /// Describes what was sent.
  public init(act: DeliveredAct, rule: String, ground: Identifier? = nil) {
    self.act = act
    self.rule = rule
    self.ground = ground
  }
}

extension DeliveredEvent {
  /// The one encoding, over which the row commits.
  public var encoded: [UInt8] {
    let fields = act.fields
    var writer = ProtobufWriter(capacity: 96)
    writer.field(1, unsigned: fields.number)
    if let record = fields.record { writer.field(2, identifier: record) }
    writer.field(3, unsigned: fields.generation)
    writer.field(4, fixed64: fields.actor.rawValue)
    writer.field(5, unsigned: fields.first)
    writer.field(6, unsigned: fields.last)
    if let header = fields.header { writer.field(7, bytes: header.bytes) }
    writer.field(8, bytes: rule.utf8)
    if let ground { writer.field(9, identifier: ground) }
    return writer.bytes
  }

  /// Reads an encoding.
  ///
  /// - Throws: `ProtocolError`: `UNSUPPORTED` for an act or a field of a later version, `LIMIT_EXCEEDED`,
  ///   `MALFORMED`.
  public init(encoded bytes: [UInt8]) throws {
    self = try ProtobufReader.read(bytes) { reader in
      var fields = DeliveredAct.Fields()
      var rule = ""
      var ground: Identifier?
      while let (field, type) = try reader.nextField() {
        switch field {
        case 1: fields.number = try reader.unsigned(type)
        case 2: fields.record = try reader.identifier(type)
        case 3: fields.generation = try reader.unsigned(type)
        case 4: fields.actor = ActorID(rawValue: try reader.fixed64(type))
        case 5: fields.first = try reader.unsigned(type)
        case 6: fields.last = try reader.unsigned(type)
        case 7: fields.header = try reader.digest(type)
        case 8: rule = try reader.logCode(type)
        case 9: ground = try reader.identifier(type)
        default: throw ProtocolError(.unsupported)
        }
      }
      let act = try DeliveredAct(fields)
      // Nothing of a record is sent, or taken back, without a rule that decided it.
      guard fields.record == nil || !rule.isEmpty else { throw ProtocolError.malformed }
      return DeliveredEvent(act: act, rule: rule, ground: ground)
    }
    guard encoded == bytes else { throw ProtocolError.malformed }
  }
}
