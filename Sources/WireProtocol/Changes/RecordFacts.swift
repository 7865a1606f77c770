public import CRDT

/// What never changes in a record: it travels in the header of the change that creates it.
public struct RecordFacts: Hashable, Sendable {
  /// The municipality.
  public let tenant: Identifier
  /// The case, or the alias under which an external reporter knows it; `nil` in the tenant register.
  public let caseID: Identifier?
  /// The record's kind, as `CaseModel` numbers them.
  public let kind: UInt32
  /// Milliseconds since 1970 by the creator's clock.
  public let created: Int64
  /// The persons whose data it holds.
  public let about: [Identifier]
  /// What consent speaks of: health, school, economy, …
  public let informationType: UInt32

  /// Makes the facts of a record.
  public init(
    tenant: Identifier, caseID: Identifier?, kind: UInt32, created: Int64, about: [Identifier] = [],
    informationType: UInt32 = 0
  ) {
    self.tenant = tenant
    self.caseID = caseID
    self.kind = kind
    self.created = created
    self.about = about
    self.informationType = informationType
  }

  func write(to writer: inout ProtobufWriter) {
    writer.field(1, identifier: tenant)
    if let caseID { writer.field(2, identifier: caseID) }
    writer.field(3, unsigned: UInt64(kind))
    writer.field(4, signed: created)
    for person in about { writer.field(5, identifier: person) }
    writer.field(6, unsigned: UInt64(informationType))
  }

  init(from reader: inout ProtobufReader) throws {
    var tenant: Identifier?
    var caseID: Identifier?
    var kind: UInt32 = 0
    var created: Int64 = 0
    var about: [Identifier] = []
    var informationType: UInt32 = 0
    while let (number, type) = try reader.nextField(repeated: 5) {
      switch number {
      case 1: tenant = try reader.identifier(type)
      case 2: caseID = try reader.identifier(type)
      case 3: kind = try reader.unsigned32(type)
      case 4: created = try reader.signed(type)
      case 5:
        guard about.count < Limits.aboutPersons else { throw ProtocolError(.limitExceeded) }
        about.append(try reader.identifier(type))
      case 6: informationType = try reader.unsigned32(type)
      // Facts are hashed in canonical form: a field that is not known here cannot be rebuilt.
      default: throw ProtocolError(.unsupported)
      }
    }
    guard let tenant else { throw ProtocolError.malformed }
    self.init(
      tenant: tenant, caseID: caseID, kind: kind, created: created, about: about,
      informationType: informationType)
  }
}
