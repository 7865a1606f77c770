public import CRDT

/// What was sent to a device, or taken from it.
public enum DeliveredAct: Hashable, Sendable {
  /// A record came into the device's scope: its state was sent.
  case enter(record: Identifier, generation: UInt64)
  /// A record left the device's scope: its exit was sent.
  case exit(record: Identifier, generation: UInt64)
  /// Changes of one actor in one record were sent, from one number to another. (Not by their places in the
  /// server's log: rows are shown to who may not count what goes on in other records.)
  case changeRun(record: Identifier, actor: ActorID, numbers: ClosedRange<UInt64>)
  /// The history of a record was sent on request, all that there was of it then.
  case historyRead(record: Identifier)
  /// Bytes of an attachment were sent, from an offset to before another.
  case attachmentBytes(record: Identifier, bytes: Range<UInt64>)
  /// The device was brought over these places in the server's log: it was sent what of them it may read.
  case cursorAdvance(positions: ClosedRange<UInt64>)
  /// A delivery bundle was written for the device; the digest is that of its header.
  case bundle(header: Digest)

  /// The record that it is about; `nil` where it is about none.
  public var record: Identifier? { fields.record }

  /// The number in encodings, given once and never reused.
  var number: UInt64 {
    switch self {
    case .enter: 1
    case .exit: 2
    case .changeRun: 3
    case .historyRead: 4
    case .attachmentBytes: 5
    case .cursorAdvance: 6
    case .bundle: 7
    }
  }
}

extension DeliveredAct {
  /// The fields of an act as they stand in an encoding, whether they belong together or not.
  struct Fields {
    var number: UInt64 = 0
    var record: Identifier?
    var generation: UInt64 = 0
    var actor = ActorID(rawValue: 0)
    var first: UInt64 = 0
    var last: UInt64 = 0
    var header: Digest?
  }

  /// What an encoding says of it.
  var fields: Fields {
    var fields = Fields(number: number)
    switch self {
    case .enter(let record, let generation), .exit(let record, let generation):
      (fields.record, fields.generation) = (record, generation)
    case .changeRun(let record, let actor, let numbers):
      (fields.record, fields.actor) = (record, actor)
      (fields.first, fields.last) = (numbers.lowerBound, numbers.upperBound)
    case .historyRead(let record): fields.record = record
    case .attachmentBytes(let record, let bytes):
      fields.record = record
      (fields.first, fields.last) = (bytes.lowerBound, bytes.upperBound)
    case .cursorAdvance(let positions):
      (fields.first, fields.last) = (positions.lowerBound, positions.upperBound)
    case .bundle(let header): fields.header = header
    }
    return fields
  }

  /// Puts an act together. A field that only other acts have is passed over: who reads an encoding writes it
  /// again and compares, and finds it missing.
  ///
  /// - Throws: `ProtocolError`: `UNSUPPORTED` for an act of a later version; `MALFORMED` when a field is
  ///   missing or has a number that it cannot have.
  init(_ fields: Fields) throws {
    func record() throws -> Identifier {
      guard let record = fields.record else { throw ProtocolError.malformed }
      return record
    }
    func generation() throws -> UInt64 {
      guard fields.generation > 0 else { throw ProtocolError.malformed }
      return fields.generation
    }
    func range() throws -> ClosedRange<UInt64> {
      guard fields.first > 0, fields.first <= fields.last, fields.last <= Limits.highestNumber else {
        throw ProtocolError.malformed
      }
      return fields.first...fields.last
    }
    switch fields.number {
    case 0: throw ProtocolError.malformed
    case 1: self = .enter(record: try record(), generation: try generation())
    case 2: self = .exit(record: try record(), generation: try generation())
    case 3: self = .changeRun(record: try record(), actor: fields.actor, numbers: try range())
    case 4: self = .historyRead(record: try record())
    case 5:
      guard fields.first <= fields.last, fields.last <= Limits.attachmentBytes else {
        throw ProtocolError.malformed
      }
      self = .attachmentBytes(record: try record(), bytes: fields.first..<fields.last)
    case 6: self = .cursorAdvance(positions: try range())
    case 7:
      guard let header = fields.header else { throw ProtocolError.malformed }
      self = .bundle(header: header)
    default: throw ProtocolError(.unsupported)
    }
  }
}
